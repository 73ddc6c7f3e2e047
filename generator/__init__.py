"""决算: a department's figures become its published final accounts, in Word and PDF."""
