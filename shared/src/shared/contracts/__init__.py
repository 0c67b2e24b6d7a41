"""The published language of the services: events and the code lists that they carry."""
