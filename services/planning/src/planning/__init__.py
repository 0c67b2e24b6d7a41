"""Plans from problem to indicator, the people who make them, public consultation."""
