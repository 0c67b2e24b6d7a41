"""How far a plan is: what its indicators have reached of what was to be expected."""
