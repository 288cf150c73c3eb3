"""Paper for inside, where telephones do not pass the gate: sheets as PDF, drawn by typst from plain words."""
