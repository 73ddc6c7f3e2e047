"""What setting makes and placing puts on sheets: values only."""
