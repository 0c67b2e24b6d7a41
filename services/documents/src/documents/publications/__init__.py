"""The release of documents, their permanent addresses, and what stays when they are withdrawn."""
