"""Where units lie: definition points and boundaries, distances in the national grid."""
