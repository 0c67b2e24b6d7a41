"""Open data of this service and the catalogue that the national one harvests."""
