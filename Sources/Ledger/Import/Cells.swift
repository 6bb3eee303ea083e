import Domain

/// A cell that holds several values, as people write it: `a; b` or `a | b`.
///
/// What would not read back the same is written as a JSON array, which is read as well.
enum ListCell {
  static func values(_ text: String) -> [String] {
    if text.utf8.first == UInt8(ascii: "["), let json = try? JSON(parsing: text),
      let values = json.array?.map(\.string), !values.contains(nil)
    {
      return values.compactMap(\.self)
    }
    return text.split { $0 == ";" || $0 == "|" }.map(\.trimmed).filter { !$0.isEmpty }
  }

  static func text(_ values: [String]) -> String {
    let plain = values.joined(separator: "; ")
    return Self.values(plain) == values ? plain : JSON.array(values.map(JSON.string)).canonical
  }

  /// A list as it is kept in a personal field: one entry a line.
  static func text(lines: String?) -> String {
    guard let lines, !lines.isEmpty else { return "" }
    return text(lines.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
  }
}

/// The details of an application in a cell: `tracking=BR123; estimate=3-5`.
///
/// What would not read back the same is written as a JSON object, which is read as well.
enum DetailsCell {
  static func values(_ text: String) throws(Problem) -> Details {
    if text.utf8.first == UInt8(ascii: "{"), let json = try? JSON(parsing: text),
      let members = json.object, members.values.allSatisfy({ $0.string != nil })
    {
      return members.compactMapValues(\.string)
    }
    var details: Details = [:]
    for part in text.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else {
        throw .parameterUnreadable(
          name: "details", value: text, expected: "name=value; name=value")
      }
      details[pair[0].trimmed] = pair[1].trimmed
    }
    return details
  }

  static func text(_ details: Details) -> String {
    let plain = details.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      .joined(separator: "; ")
    let read = try? values(plain)
    return read == details ? plain : JSON.object(details.mapValues(JSON.string)).canonical
  }
}

/// A moment in a cell: RFC 3339 or near to it, or a date as people write it, such as `5/2/2026 11:30`.
struct DateCell: Sendable {
  /// The order of such a date's parts, `dmy` or `mdy`; nil refuses them, since nobody should guess.
  private let order: String?
  /// Of times that do not say how far they are ahead of UTC.
  private var clock: ZoneClock

  init(order: String?, clock: ZoneClock) {
    self.order = order
    self.clock = clock
  }

  mutating func time(_ text: String) throws(Problem) -> Timestamp {
    let standard = try standard(text) ?? text
    // What is refused is told as it stands in the file.
    guard let time = try? Timestamp(parsing: standard, in: &clock) else {
      throw .dateUnreadable(text)
    }
    return time
  }

  /// The same as a standard has it; nil where it is written so, or nobody can tell.
  private func standard(_ text: String) throws(Problem) -> String? {
    guard let order, text.contains("/") || text.contains(".") else { return nil }
    let pieces = text.split(maxSplits: 1) { $0 == " " || $0 == "T" }
    let parts = pieces[0].split { $0 == "/" || $0 == "." }
    // A point may also stand before the fractions of a second.
    if parts.count == 1 { return nil }
    guard parts.count == 3 else { throw .dateUnreadable(text) }
    let (day, month) = order == "mdy" ? (parts[1], parts[0]) : (parts[0], parts[1])
    func padded(_ part: Substring) -> String { part.count == 1 ? "0\(part)" : String(part) }
    let year = parts[2].count == 2 ? "20\(parts[2])" : String(parts[2])
    var clock = ""
    if pieces.count > 1 {
      clock =
        " " + pieces[1].split(separator: ":").map(padded).joined(separator: ":")
    }
    return "\(year)-\(padded(month))-\(padded(day))\(clock)"
  }
}

extension Ledger {
  /// How the times of a file are read: in the zone that its importer names, else in the shop's.
  func dates(of request: ImportRequest) throws(Problem) -> DateCell {
    let zone = try routines.zones.offset(in: request.options["zone"] ?? routines.zone)
    return DateCell(order: request.options["dates"], clock: ZoneClock(zone))
  }
}

/// How an export names a customer who has neither a phone nor a reference: by this ledger's origin
/// and their number in it. Elsewhere it is a reference like any other, and finds them again.
struct OwnReference {
  let origin: String

  func text(_ id: CustomerID) -> String {
    "\(origin)#\(id.rawValue)"
  }

  /// The customer whom a reference of this ledger names; nil for any other reference.
  func customer(_ text: String) -> CustomerID? {
    guard text.hasPrefix(origin + "#") else { return nil }
    return Int32(text.dropFirst(origin.count + 1)).map { CustomerID($0) }
  }
}

extension StringProtocol {
  /// Without white space at either end.
  var trimmed: String {
    // Most have none, which is soon seen where they begin and end in ASCII.
    let visible: ClosedRange<Unicode.Scalar> = "!"..."~"
    if let first = unicodeScalars.first, let last = unicodeScalars.last,
      visible.contains(first), visible.contains(last)
    {
      return String(self)
    }
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
