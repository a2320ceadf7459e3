"""How people shorten the official regions of England: "NE", "east mids"."""

REGION_OF_SHORT_NAME = {
    "ne": "North East",
    "west country": "South West",
    "the west country": "South West",
    "nw": "North West",
    "se": "South East",
    "sw": "South West",
    "w mids region": "West Midlands",
    "west mids region": "West Midlands",
    "eastern region": "East of England",
    "yorks and humber": "Yorkshire and The Humber",
    "yorks & humber": "Yorkshire and The Humber",
    "yorkshire and humber": "Yorkshire and The Humber",
    "yorkshire & humber": "Yorkshire and The Humber",
    "yorkshire & the humber": "Yorkshire and The Humber",
    "y&h": "Yorkshire and The Humber",
}
