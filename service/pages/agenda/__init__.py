"""Pages about calendar feeds: subscribing with help for each device, what a feed shows, every feed of a territory."""
