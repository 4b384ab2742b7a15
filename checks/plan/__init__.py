"""A redirect spreadsheet, judged before anybody writes a rule: by itself, and against the build that it leads into."""
