"""What a project has come to, frozen for paper: target, actual and forecast on a day."""
