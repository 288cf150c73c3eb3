"""What sites are asked and told: proposed dates and their answers, who enters when. Never a participant."""
