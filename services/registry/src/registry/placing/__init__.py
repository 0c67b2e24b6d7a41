"""Where units lie, as others were told last: parents and groups in time."""
