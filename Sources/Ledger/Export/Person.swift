import Dispatch
import Domain
import EventLog
import Synchronization

/// A customer with their sealed fields open.
struct Person: Sendable {
  let id: CustomerID
  let fields: PersonalFields
  /// The reference by which an import will find them.
  let ref: String

  init(_ id: CustomerID, _ fields: PersonalFields, origin: String) {
    self.id = id
    self.fields = fields
    let ref = fields[.ref] ?? ""
    let hasKey = !ref.isEmpty || fields[.phone] != nil
    self.ref = hasKey ? ref : OwnReference(origin: origin).text(id)
  }

  /// Customers that one core opens at a time.
  private static let share = 128

  /// Opens customers as they were after the event `seq`, on several cores.
  static func open(
    _ ids: [CustomerID], _ log: Log, through seq: Int64
  ) throws(Problem) -> [Person] {
    let starts = Array(stride(from: 0, to: ids.count, by: share))
    let results = Mutex([Result<[Person], Problem>?](repeating: nil, count: starts.count))
    DispatchQueue.concurrentPerform(iterations: starts.count) { index in
      let part = Array(ids[starts[index]..<min(starts[index] + share, ids.count)])
      let result: Result<[Person], Problem>
      do throws(Problem) {
        let fields = try log.personal(of: part, through: seq)
        result = .success(zip(part, fields).map { Person($0, $1, origin: log.origin) })
      } catch {
        result = .failure(error)
      }
      results.withLock { $0[index] = result }
    }
    var people: [Person] = []
    people.reserveCapacity(ids.count)
    for result in results.withLock({ $0 }) { people += try result!.get() }
    return people
  }
}

/// Names, phones and references of customers once opened, since a history meets each again and again.
struct PeopleCache: Sendable {
  /// The texts of about a million customers; when there are more, they are opened anew.
  private static let limit = 64 << 20

  private var texts: [UInt8] = []
  /// Where in `texts` each begins: three cells, each behind its length in four bytes.
  private var places: [CustomerID: UInt32] = [:]

  /// Opens those of these customers who are not known yet.
  mutating func learn(
    _ ids: Set<CustomerID>, _ log: Log, through seq: Int64
  ) throws(Problem) {
    if texts.count > Self.limit {
      texts.removeAll(keepingCapacity: true)
      places.removeAll(keepingCapacity: true)
    }
    let unknown = ids.filter { places[$0] == nil }.sorted()
    for person in try Person.open(unknown, log, through: seq) {
      places[person.id] = UInt32(texts.count)
      for cell in [person.fields[.name] ?? "", person.fields[.phone] ?? "", person.ref] {
        withUnsafeBytes(of: UInt32(cell.utf8.count)) { texts += $0 }
        texts += cell.utf8
      }
    }
  }

  /// Name, phone and reference of a customer who has been learned.
  func cells(of id: CustomerID) -> [String] {
    guard let start = places[id] else { return ["", "", ""] }
    return texts.withUnsafeBytes { texts in
      var place = Int(start)
      return (0..<3).map { _ in
        let count = texts.loadUnaligned(fromByteOffset: place, as: UInt32.self)
        place += 4 + Int(count)
        return String(decoding: texts[(place - Int(count))..<place], as: UTF8.self)
      }
    }
  }
}
