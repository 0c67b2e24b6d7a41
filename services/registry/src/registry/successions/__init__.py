"""What became of units that were merged or split: who followed whom; both keep their history."""
