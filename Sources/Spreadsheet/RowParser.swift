/// Takes one row apart, wherever in the bytes it starts; no row depends on another.
struct RowParser {
  let bytes: UnsafeBufferPointer<UInt8>
  let dialect: CSVDialect
  let limits: CSVLimits
  /// Whether nothing comes after the bytes.
  let isLast: Bool
  /// How many cells the row before had, for which there is room at once.
  var width = 0

  enum Outcome {
    /// The cells (nil for an empty line), what is wrong with them, the start of the next row, and the
    /// lines this one took.
    case row([String]?, CSVProblem?, end: Int, lines: Int)
    /// Where it ends cannot be told, so that the next row is looked for on the next line.
    case refused(CSVProblem)
    /// Not all of it is there.
    case incomplete
  }

  /// What comes after a cell.
  private enum Next {
    case cell(at: Int)
    case row(at: Int)
  }

  private enum Failure: Error {
    case refused(CSVProblem)
    case incomplete
  }

  func row(at start: Int) -> Outcome {
    do throws(Failure) {
      var fields: [String] = []
      fields.reserveCapacity(width)
      var flaw: CSVProblem?
      var lines = 1
      var position = start
      while true {
        let (field, next) = try cell(at: position, rowStart: start, &lines)
        if field == nil { flaw = .notText }
        if fields.count == limits.fields { flaw = .tooManyFields }
        if flaw == nil, let field { fields.append(field) }
        switch next {
        case .cell(let at): position = at
        case .row(let end):
          let isEmpty = isLineEnd(bytes[start])
          return .row(isEmpty ? nil : fields, flaw, end: end, lines: lines)
        }
      }
    } catch {
      switch error {
      case .refused(let problem): return .refused(problem)
      case .incomplete: return .incomplete
      }
    }
  }

  /// The start of the line after the one that holds a position; nil when that is not known yet.
  func lineEnd(from position: Int) -> Int? {
    guard let end = bytes[position...].firstIndex(where: isLineEnd) else {
      return isLast ? bytes.count : nil
    }
    return after(lineEnd: end)
  }

  /// How far a line whose end is not there can be let go: not with a CR, to which an LF may belong.
  var endOfSkippable: Int {
    bytes.last == UInt8(ascii: "\r") ? bytes.count - 1 : bytes.count
  }

  /// The first line of a row as it stands, cut short.
  func excerpt(_ start: Int) -> String {
    let line = bytes[start...].prefix(CSVReader.quotedBytes).prefix { !isLineEnd($0) }
    return String(decoding: line, as: UTF8.self)
  }

  /// Whether a row is Excel's "sep=" and a delimiter.
  func isHint(_ range: Range<Int>) -> Bool {
    bytes[range].prefix { !isLineEnd($0) }.elementsEqual(Array("sep=".utf8) + [dialect.delimiter])
  }
}

// MARK: - Cells

extension RowParser {
  private func cell(
    at start: Int, rowStart: Int, _ lines: inout Int
  ) throws(Failure) -> (String?, Next) {
    // Where the scan must have ended, and what is wrong when it has not: the same wherever the bytes
    // were cut.
    let cellBound = start + limits.field
    let rowBound = rowStart + limits.row
    let bound = min(cellBound, rowBound)
    let problem: CSVProblem = cellBound < rowBound ? .fieldTooLong : .rowTooLong
    if start < bytes.count, bytes[start] == UInt8(ascii: "\"") {
      return try quotedCell(at: start, bound: bound, &lines)
    }
    var position = start
    while position < bytes.count, !isCellEnd(bytes[position]) {
      position += 1
      if position > bound { throw .refused(problem) }
    }
    let next = try next(after: position)
    return (text(bytes[start..<position]), next)
  }

  private func quotedCell(
    at start: Int, bound: Int, _ lines: inout Int
  ) throws(Failure) -> (String?, Next) {
    var position = start + 1
    var escapes = 0
    while true {
      guard position < bytes.count else {
        throw isLast ? .refused(.quoteNotClosed) : .incomplete
      }
      guard position <= bound else { throw .refused(.quoteNotClosed) }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        guard position + 1 < bytes.count || isLast else { throw .incomplete }
        guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\"") else { break }
        escapes += 1
        position += 1
      } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        // CRLF is one line break: its CR is not counted.
        let isCRLF =
          byte == UInt8(ascii: "\r") && position + 1 < bytes.count
          && bytes[position + 1] == UInt8(ascii: "\n")
        if !isCRLF { lines += 1 }
      }
      position += 1
    }
    let inside = bytes[start + 1..<position]
    guard position + 1 == bytes.count || isCellEnd(bytes[position + 1]) else {
      throw .refused(.textAfterQuote)
    }
    let next = try next(after: position + 1)
    return (text(inside, escapes: escapes), next)
  }

  /// What a position after a cell leads to.
  private func next(after position: Int) throws(Failure) -> Next {
    guard position < bytes.count else {
      if isLast { return .row(at: bytes.count) }
      throw .incomplete
    }
    if bytes[position] == dialect.delimiter { return .cell(at: position + 1) }
    guard let end = after(lineEnd: position) else { throw .incomplete }
    return .row(at: end)
  }

  /// The position after a line end; nil for a CR of which it is not known whether an LF follows.
  private func after(lineEnd position: Int) -> Int? {
    guard bytes[position] == UInt8(ascii: "\r") else { return position + 1 }
    guard position + 1 < bytes.count else { return isLast ? position + 1 : nil }
    return bytes[position + 1] == UInt8(ascii: "\n") ? position + 2 : position + 1
  }

  private func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private func isCellEnd(_ byte: UInt8) -> Bool {
    byte == dialect.delimiter || isLineEnd(byte)
  }

  /// Nil for what is not UTF-8.
  private func text(_ cell: Slice<UnsafeBufferPointer<UInt8>>, escapes: Int = 0) -> String? {
    let text: String?
    if escapes == 0 {
      text = Self.text(UnsafeBufferPointer(rebasing: cell))
    } else {
      var plain: [UInt8] = []
      plain.reserveCapacity(cell.count - escapes)
      var isSecond = false
      for byte in cell {
        isSecond = byte == UInt8(ascii: "\"") && !isSecond
        if byte != UInt8(ascii: "\"") || isSecond { plain.append(byte) }
      }
      text = plain.withUnsafeBufferPointer(Self.text)
    }
    return dialect.guardsFormulas ? text.map(FormulaGuard.removed) : text
  }

  /// `String(validating:as:)` looks its types up anew for each cell, which takes three times as long; and
  /// what had to be mended is no longer the same bytes.
  private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.utf8.count == bytes.count && text.utf8.elementsEqual(bytes) ? text : nil
  }
}
