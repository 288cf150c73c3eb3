"""Et si… ? The same month under facts supposed otherwise, side by side."""
