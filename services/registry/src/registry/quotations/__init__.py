"""What others cite of our statistics: the same few values of many units in one request."""
