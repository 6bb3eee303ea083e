internal import Crypto
internal import Dispatch
internal import Domain
internal import Proof

/// One personal field as it lies in the table `sealed`; no bytes when the event cleared it.
struct SealedBox {
  let customer: CustomerID
  let seq: Int64
  let field: PersonalField
  let bytes: [UInt8]?
}

/// All work on a batch that needs no database: numbers, times, canonical data, sealing, hashing.
///
/// A large batch is worked on by all cores; each takes whole slices, so the result is the same.
struct Preparation {
  private(set) var events: [RecordedEvent] = []
  private(set) var leaves: [TreeHash] = []
  private(set) var boxes: [SealedBox] = []
  /// For each draft, where its events lie.
  private(set) var ranges: [Range<Int>] = []
  private let batch: [Draft]
  private let origin: String
  private let lastAt: Timestamp

  /// Below this many events one core is faster than handing out slices; sealing, and data that each
  /// event has for itself, are more work than hashing alone.
  private static func sliceSize(_ drafts: [Event]) -> Int {
    if drafts.contains(where: { $0.personal != nil }) { return 256 }
    let sharesContent = drafts.first?.content == drafts.last?.content
    return sharesContent ? 2048 : 512
  }

  init(batch: [Draft], first: Int64, lastAt: Timestamp, origin: String) {
    self.batch = batch
    self.lastAt = lastAt
    self.origin = origin
    var count = 0
    for draft in batch {
      ranges.append(count..<count + draft.events.count)
      count += draft.events.count
    }
    events.reserveCapacity(count)
    var clock = RisingClock(after: lastAt)
    for draft in batch {
      let start = first + Int64(events.count)
      for event in draft.events {
        events.append(
          RecordedEvent(
            seq: first + Int64(events.count), at: clock.next(now: draft.at), type: event.type,
            actor: draft.actor, tag: event.tag, customer: event.customer, command: draft.command,
            cause: event.cause.map { start + Int64($0) } ?? event.origin, occurred: event.occurred,
            reason: event.reason))
      }
    }
  }

  /// Fills in data, leaves and boxes.
  mutating func prepare(
    form: PublicForm, actors: ActorNames, keys: [CustomerID: SymmetricKey]
  ) throws(Problem) {
    let drafts = batch.count == 1 ? batch[0].events : batch.flatMap(\.events)
    let count = drafts.count
    let sliceSize = Self.sliceSize(drafts)
    let slices = (count + sliceSize - 1) / sliceSize
    leaves = Array(repeating: .empty, count: count)
    var results: [Result<[SealedBox], Problem>] = Array(repeating: .success([]), count: slices)
    let origin = self.origin
    events.withUnsafeMutableBufferPointer { events in
      leaves.withUnsafeMutableBufferPointer { leaves in
        results.withUnsafeMutableBufferPointer { results in
          // Each iteration writes only to its own slice of the three buffers.
          nonisolated(unsafe) let (events, leaves, results) = (events, leaves, results)
          let work = { @Sendable (slice: Int) in
            let range = slice * sliceSize..<min(count, (slice + 1) * sliceSize)
            var worker = Worker(form: form, origin: origin, actors: actors, keys: keys)
            results[slice] = worker.run(range, drafts, events, leaves)
          }
          if slices == 1 {
            work(0)
          } else {
            DispatchQueue.concurrentPerform(iterations: slices, execute: work)
          }
        }
      }
    }
    for result in results {
      boxes += try result.get()
    }
  }
}

/// What one core does with its slice.
private struct Worker: ~Copyable {
  let form: PublicForm
  let origin: String
  let actors: ActorNames
  let keys: [CustomerID: SymmetricKey]
  var writer = ByteWriter()
  var boxes: [SealedBox] = []
  /// The last values written, since the events of a bulk command share theirs.
  var last: (values: JSON, text: String)?

  init(
    form: PublicForm, origin: String, actors: ActorNames, keys: [CustomerID: SymmetricKey]
  ) {
    self.form = form
    self.origin = origin
    self.actors = actors
    self.keys = keys
  }

  mutating func run(
    _ range: Range<Int>, _ drafts: [Event], _ events: UnsafeMutableBufferPointer<RecordedEvent>,
    _ leaves: UnsafeMutableBufferPointer<TreeHash>
  ) -> Result<[SealedBox], Problem> {
    var actor: (name: String, quoted: [UInt8]) = ("", PublicForm.quoted(""))
    do throws(Problem) {
      for index in range {
        events[index].data = try text(drafts[index], seq: events[index].seq)
        if events[index].actor.name != actor.name {
          actor = (events[index].actor.name, actors.quoted(events[index].actor.name))
        }
        if let occurred = events[index].occurred, !PublicForm.times.contains(occurred.rawValue) {
          throw .dateUnreadable("\(occurred.rawValue) µs since 1970")
        }
        writer.removeAll()
        writer.write(UInt8(0))
        form.write(events[index], actor: actor.quoted, to: &writer)
        guard writer.count - 1 <= PublicForm.byteLimit else {
          throw .eventTooLarge(bytes: writer.count - 1, limit: PublicForm.byteLimit)
        }
        leaves[index] = TreeHash(of: writer.bytes)
      }
      return .success(boxes)
    } catch {
      return .failure(error)
    }
  }

  /// The canonical JSON of an event's data, with the digests of its sealed fields.
  private mutating func text(_ event: Event, seq: Int64) throws(Problem) -> String? {
    if let personal = event.personal, !personal.isEmpty {
      var object = event.data?.object ?? [:]
      object["sealed"] = .object(try seal(personal, event, seq: seq))
      return JSON.object(object).canonical
    }
    switch event.content {
    case nil: return nil
    case .fact(let fact): return fact.canonical
    case .values(let values):
      if let last, last.values == values { return last.text }
      let text = values.canonical
      last = (values, text)
      return text
    }
  }

  private mutating func seal(
    _ personal: PersonalFields, _ event: Event, seq: Int64
  ) throws(Problem) -> [String: JSON] {
    guard let customer = event.customer else {
      throw .storageFailed("personal fields without a customer cannot be sealed")
    }
    guard let key = keys[customer] else {
      throw .storageFailed("the key of customer \(customer.rawValue) has been destroyed")
    }
    var digests: [String: JSON] = [:]
    for field in personal.keys.sorted() {
      guard let text = personal[field], !text.isEmpty else {
        digests[field.rawValue] = .null
        boxes.append(SealedBox(customer: customer, seq: seq, field: field, bytes: nil))
        continue
      }
      let binding = Seal.Binding(origin: origin, type: event.type, field: field, customer: customer)
      let box = Seal.seal(text, binding, key: key)
      digests[field.rawValue] = .string(Seal.digest(box))
      boxes.append(SealedBox(customer: customer, seq: seq, field: field, bytes: box))
    }
    return digests
  }
}
