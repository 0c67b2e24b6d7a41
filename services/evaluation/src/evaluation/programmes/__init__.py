"""What the programme has delivered: the ledger of published documents."""
