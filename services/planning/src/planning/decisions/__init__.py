"""What meetings decided, who is to do it and until when: a register that can be searched."""
