"""The Index as it is read: methods, editions by year, results of municipalities, donors."""
