/// Lines of CSV (RFC 4180, with LF), as every spreadsheet reads them.
enum CSVText {
  static func line(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\n"
  }

  private static func quoted(_ field: String) -> String {
    let special: Set<Unicode.Scalar> = [",", "\"", "\n", "\r"]
    let isPlain = field.unicodeScalars.allSatisfy { !special.contains($0) }
    guard !isPlain || field.first == " " || field.last == " " else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
