internal import Domain

/// The names behind the numbers in the column `actor`.
struct ActorNames: Sendable {
  struct Entry: Sendable {
    let name: String
    /// The name as it stands in a public form, quotes included.
    let quoted: [UInt8]
  }

  private(set) var entries: [Int64: Entry] = [:]
  private(set) var numbers: [String: Int64] = [:]
  private var highest: Int64 = 0

  mutating func add(_ name: String, number: Int64) {
    entries[number] = Entry(name: name, quoted: PublicForm.quoted(name))
    numbers[name] = number
    highest = max(highest, number)
  }

  /// The number of a name, and whether it has been given only now.
  mutating func number(of name: String) -> (number: Int64, isNew: Bool) {
    if let number = numbers[name] { return (number, false) }
    add(name, number: highest + 1)
    return (highest, true)
  }
}
