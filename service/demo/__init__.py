"""The example territories, planned and published by one command."""
