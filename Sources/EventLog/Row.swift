package import Domain
internal import Proof

/// One row of the log during a scan: integers at once, texts only when asked for.
///
/// Valid only inside the scan's body. It holds on to nothing, since counting references would cost as
/// much as reading the row.
package struct Row: ~Copyable {
  package let seq: Int64
  /// µs since 1970.
  package let at: Int64
  package let type: EventType
  /// 0 when the event is about no tag.
  package let tag: Int32
  /// 0 when the event is about no customer.
  package let customer: Int32
  /// When it happened, in µs since 1970; nil when that is when it was recorded.
  package let occurred: Int64?
  /// A number that stands for the actor's name in this log; 0 where the scan does not ask who acted.
  package let actorNumber: Int64

  /// What is asked for more than once for most rows is looked up once.
  private let dataBytes: UnsafeRawBufferPointer?
  private let reasonBytes: UnsafeRawBufferPointer?
  private let columns: Columns
  private unowned(unsafe) let reader: Reader
  private let actors: UnsafePointer<ActorNames>
  private let extent: Extent

  /// How many columns the statement reads: each takes its time.
  enum Extent {
    /// What a state is folded from, up to `data`.
    case ofState
    /// Up to `reason`.
    case withActor
    case whole
  }

  /// Reads the current row of `statement`; nil when its type is none this program knows.
  @inline(__always)
  init?(
    _ statement: Statement, of reader: Reader, extent: Extent, actors: UnsafePointer<ActorNames>
  ) {
    let columns = statement.columns
    guard let type = EventType(rawValue: Int16(truncatingIfNeeded: columns.int(Column.type)))
    else { return nil }
    seq = columns.int(Column.seq)
    at = columns.int(Column.at)
    self.type = type
    tag = Int32(truncatingIfNeeded: columns.int(Column.tag))
    customer = Int32(truncatingIfNeeded: columns.int(Column.customer))
    occurred = columns.optionalInt(Column.occurred)
    dataBytes = columns.bytes(Column.data)
    actorNumber = extent == .ofState ? 0 : columns.int(Column.actor)
    reasonBytes = extent == .ofState ? nil : columns.bytes(Column.reason)
    self.columns = columns
    self.reader = reader
    self.extent = extent
    self.actors = actors
  }

  /// Whether there is data, told without reading it.
  package var hasData: Bool { dataBytes != nil }

  /// The canonical JSON as recorded.
  package var data: String? { dataBytes.map { String(decoding: $0, as: UTF8.self) } }

  /// The bytes of the canonical JSON, without a copy.
  package func withData<T>(_ body: (UnsafeRawBufferPointer?) -> T) -> T {
    body(dataBytes)
  }

  /// The name of who acted; nil when the log holds none, which is damage.
  package var actorName: String? { actors.pointee[actorNumber]?.name }

  package var reason: String? { reasonBytes.map { String(decoding: $0, as: UTF8.self) } }

  /// The bytes of the reason, without a copy.
  package func withReason<T>(_ body: (UnsafeRawBufferPointer?) -> T) -> T {
    body(reasonBytes)
  }

  /// The whole event; nil when a column holds what no event has.
  ///
  /// In a scan that does not verify, this reads the row once more.
  package var recorded: RecordedEvent? {
    guard let actorName, let rest = rest() else { return nil }
    return RecordedEvent(
      seq: seq, at: Timestamp(microseconds: at), type: type,
      actor: Actor(name: actorName, via: rest.via, credential: rest.credential),
      tag: tag == 0 ? nil : TagID(tag),
      customer: customer == 0 ? nil : CustomerID(customer), command: rest.command,
      cause: rest.cause == 0 ? nil : rest.cause,
      occurred: occurred.map { Timestamp(microseconds: $0) }, reason: reason, data: data)
  }

  /// The columns that replaying does not need.
  private struct Rest {
    let via: Via
    let cause: Int64
    let command: CommandID
    let credential: Int64?

    init?(_ columns: Columns, from column: Int32, credential: Int32) {
      guard let via = Via(rawValue: Int8(truncatingIfNeeded: columns.int(column))),
        let command = columns.bytes(column + 2).flatMap({ CommandID(bytes: $0) })
      else { return nil }
      self.via = via
      self.command = command
      cause = columns.int(column + 1)
      self.credential = columns.optionalInt(credential)
    }
  }

  private func rest() -> Rest? {
    if extent == .whole { return Rest(columns, from: Column.via, credential: Column.credential) }
    defer { reader.rest.reset() }
    reader.rest.bind(seq, at: 1)
    guard let isFound = try? reader.rest.step(), isFound else { return nil }
    return Rest(reader.rest.columns, from: 0, credential: 3)
  }

  /// The hash of the public form, where it is the one recorded in the row; else nil.
  func leaf(_ form: PublicForm, actor: [UInt8], _ writer: inout ByteWriter) -> TreeHash? {
    guard extent == .whole, seq > 0,
      let rest = Rest(columns, from: Column.via, credential: Column.credential)
    else { return nil }
    writer.removeAll()
    writer.write(UInt8(0))
    form.write(
      PublicForm.Parts(
        seq: seq, at: at, type: type, tag: tag, customer: customer, actor: actor, via: rest.via,
        cause: rest.cause, occurred: occurred, command: rest.command,
        credential: rest.credential, reason: reasonBytes, data: dataBytes),
      to: &writer)
    let leaf = TreeHash(of: writer.bytes)
    guard let recorded = columns.bytes(Column.leaf), recorded.count == TreeHash.byteCount,
      let start = recorded.baseAddress, TreeHash(at: start) == leaf
    else { return nil }
    return leaf
  }
}

/// The places of the columns in the statements that read whole rows; up to `reason` in all of them.
enum Column {
  static let seq: Int32 = 0
  static let at: Int32 = 1
  static let type: Int32 = 2
  static let tag: Int32 = 3
  static let customer: Int32 = 4
  static let occurred: Int32 = 5
  static let data: Int32 = 6
  static let actor: Int32 = 7
  static let reason: Int32 = 8
  static let via: Int32 = 9
  static let leaf: Int32 = 12
  static let credential: Int32 = 13
}

extension CommandID {
  /// The 16 bytes of the column `command`, most significant first.
  init?(bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 16 else { return nil }
    self.init(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }
}
