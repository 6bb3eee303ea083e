import Spreadsheet

/// Lines of CSV as the daemon writes them too: what a spreadsheet would take for a formula is guarded.
enum CSVText {
  static func line(_ fields: [String]) -> String {
    var writer = CSVWriter()
    var bytes: [UInt8] = []
    writer.write(fields, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
