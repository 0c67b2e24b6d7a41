"""Applications for cooperation: from the draft over the formal check to the ministry's decision."""
