"""Address books saved as tables: Google, Outlook, Yahoo, Thunderbird, any spreadsheet of people."""
