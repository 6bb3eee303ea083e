enum PlaceholderSpreadsheet {}
