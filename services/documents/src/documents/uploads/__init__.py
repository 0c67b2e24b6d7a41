"""Large files that come in pieces, by the protocol tus 1.0.0, and go on where they broke off."""
