package import Domain
internal import GRDBSQLite

/// One row of the log during a scan: integers at once, texts only when asked for.
///
/// Valid only inside the scan's body.
package struct Row: ~Copyable {
  package let seq: Int64
  /// µs since 1970.
  package let at: Int64
  package let type: EventType
  /// 0 when the event is about no tag.
  package let tag: Int32
  /// 0 when the event is about no customer.
  package let customer: Int32

  private let statement: Statement
  private let actors: ActorNames

  /// Reads the current row of `statement`; nil when its type is none this program knows.
  @inline(__always)
  init?(_ statement: Statement, actors: borrowing ActorNames) {
    guard let type = EventType(rawValue: Int16(truncatingIfNeeded: statement.int(2))) else {
      return nil
    }
    seq = statement.int(0)
    at = statement.int(1)
    self.type = type
    tag = Int32(truncatingIfNeeded: statement.int(3))
    customer = Int32(truncatingIfNeeded: statement.int(4))
    self.statement = statement
    self.actors = copy actors
  }

  package var actor: Actor? {
    guard let entry = actors.entries[statement.int(5)],
      let via = Via(rawValue: Int8(truncatingIfNeeded: statement.int(6)))
    else { return nil }
    return Actor(name: entry.name, via: via)
  }

  /// The `seq` of the event that made this one follow; 0 when there is none.
  package var cause: Int64 { statement.int(7) }

  /// When it happened, in µs since 1970; nil when that is when it was recorded.
  package var occurred: Int64? { statement.isNull(8) ? nil : statement.int(8) }

  package var command: CommandID? {
    statement.bytes(9).flatMap { CommandID(bytes: $0) }
  }

  package var reason: String? { statement.string(10) }

  /// Whether there is data, told without reading it.
  package var hasData: Bool { !statement.isNull(11) }

  /// The canonical JSON as recorded.
  package var data: String? { statement.string(11) }

  /// The bytes of the canonical JSON, without a copy.
  package func withData<T>(_ body: (UnsafeRawBufferPointer?) -> T) -> T {
    body(statement.bytes(11))
  }

  /// The whole event; nil when a column holds what no event has.
  package var recorded: RecordedEvent? {
    guard let actor, let command else { return nil }
    return RecordedEvent(
      seq: seq, at: Timestamp(microseconds: at), type: type, actor: actor,
      tag: tag == 0 ? nil : TagID(tag), customer: customer == 0 ? nil : CustomerID(customer),
      command: command, cause: cause == 0 ? nil : cause,
      occurred: occurred.map { Timestamp(microseconds: $0) }, reason: reason, data: data)
  }

  /// The pieces of the public form, as they lie in SQLite's page; nil as for `recorded`.
  func parts() -> PublicForm.Parts? {
    guard let actor = actors.entries[statement.int(5)],
      let via = Via(rawValue: Int8(truncatingIfNeeded: statement.int(6))), let command
    else { return nil }
    return PublicForm.Parts(
      seq: seq, at: at, type: type, tag: tag, customer: customer, actor: actor.quoted, via: via,
      cause: cause, occurred: occurred, command: command, reason: statement.bytes(10),
      data: statement.bytes(11))
  }

  /// Whether the hash of the public form is the one recorded in the row.
  func leaf(_ form: PublicForm, _ writer: inout ByteWriter) -> TreeHash? {
    guard seq > 0, let parts = parts() else { return nil }
    writer.removeAll()
    writer.write(UInt8(0))
    form.write(parts, to: &writer)
    let leaf = TreeHash(of: writer.bytes)
    guard let recorded = statement.bytes(12), recorded.count == TreeHash.byteCount,
      let start = recorded.baseAddress, TreeHash(at: start) == leaf
    else { return nil }
    return leaf
  }
}

extension CommandID {
  /// The 16 bytes of the column `command`, most significant first.
  init?(bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 16 else { return nil }
    self.init(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }

  var bytes: [UInt8] {
    [high.bigEndian, low.bigEndian].withUnsafeBytes { Array($0) }
  }
}
