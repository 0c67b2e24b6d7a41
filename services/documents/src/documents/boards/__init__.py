"""Official boards: what is posted where and until when, as open data and as feeds."""
