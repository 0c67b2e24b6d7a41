"""What a cooperation is measured by: its criteria and their locked baseline."""
