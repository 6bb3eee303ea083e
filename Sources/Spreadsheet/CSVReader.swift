/// Reads CSV (RFC 4180) in UTF-8 as it arrives, in pieces of any size.
///
/// Lines end with LF, CRLF or CR; a quote inside an unquoted cell stands for itself; empty lines and
/// Excel's "sep=;" are no rows. A row that cannot be read is reported and the next line is tried, so
/// that one forgotten quote costs one line and not the rest of the file. What comes out does not depend
/// on how the file was cut into pieces.
package struct CSVReader: Sendable {
  private let dialect: CSVDialect
  private let limits: CSVLimits
  /// What has come since the end of the last row.
  private var pending: [UInt8] = []
  /// How much must be pending before another look is worth it.
  private var threshold = 1
  /// The line on which the next row starts.
  private var line = 1
  /// Within a line that has been reported already and is still not at its end.
  private var isSkipping = false

  /// The bytes of an unreadable row that are given back with its problem.
  package static let quotedBytes = 512

  package init(_ dialect: CSVDialect = .comma, limits: CSVLimits = CSVLimits()) {
    self.dialect = dialect
    self.limits = limits
  }

  /// Takes the next bytes and returns rows that have ended, the last of them perhaps not yet.
  package mutating func feed(_ bytes: some Sequence<UInt8>) -> [CSVRow] {
    pending.append(contentsOf: bytes)
    // A row that has not ended is looked at again only when there is a quarter more of it: bytes that
    // come one by one would make the work quadratic.
    guard pending.count >= threshold else { return [] }
    let rows = rows(isLast: false)
    threshold = pending.count + pending.count / 4 + 1
    return rows
  }

  /// Returns the rows that end with the file.
  package mutating func finish() -> [CSVRow] {
    rows(isLast: true)
  }

  private mutating func rows(isLast: Bool) -> [CSVRow] {
    var rows: [CSVRow] = []
    let consumed = pending.withUnsafeBufferPointer { [dialect, limits, line, isSkipping] bytes in
      var walk = Walk(
        parser: RowParser(bytes: bytes, dialect: dialect, limits: limits, isLast: isLast),
        line: line, isSkipping: isSkipping)
      while let row = walk.next() {
        rows.append(row)
      }
      return (walk.position, walk.line, walk.isSkipping)
    }
    pending.removeFirst(consumed.0)
    line = consumed.1
    isSkipping = consumed.2
    return rows
  }
}

/// Goes from row to row over the bytes at hand.
private struct Walk {
  var parser: RowParser
  var position = 0
  var line: Int
  var isSkipping: Bool

  init(parser: RowParser, line: Int, isSkipping: Bool) {
    self.parser = parser
    self.line = line
    self.isSkipping = isSkipping
  }

  /// The next row; nil when more bytes are needed.
  mutating func next() -> CSVRow? {
    while position < parser.bytes.count {
      if isSkipping {
        guard let end = parser.lineEnd(from: position) else {
          position = parser.endOfSkippable
          return nil
        }
        position = end
        line += 1
        isSkipping = false
        continue
      }
      switch parser.row(at: position) {
      case .incomplete: return nil
      case .row(let fields, let flaw, let end, let lines):
        defer {
          position = end
          line += lines
        }
        // An empty line is no row, and neither is Excel's hint at the delimiter.
        if let flaw { return CSVRow(line: line, fields: [parser.excerpt(position)], problem: flaw) }
        if let fields, !(line == 1 && parser.isHint(position..<end)) {
          parser.width = fields.count
          return CSVRow(line: line, fields: fields)
        }
      case .refused(let problem): return refused(problem)
      }
    }
    return nil
  }

  private mutating func refused(_ problem: CSVProblem) -> CSVRow? {
    let end = parser.lineEnd(from: position)
    let enough = position + max(parser.limits.row, CSVReader.quotedBytes)
    if end == nil && parser.bytes.count <= enough { return nil }
    defer {
      position = end ?? parser.endOfSkippable
      line += end == nil ? 0 : 1
      isSkipping = end == nil
    }
    return CSVRow(line: line, fields: [parser.excerpt(position)], problem: problem)
  }
}
