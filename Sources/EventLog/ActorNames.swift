internal import Domain

/// The names behind the numbers in the column `actor`, which are given in order from 1.
struct ActorNames: Sendable {
  struct Entry: Sendable {
    let name: String
    /// The name as it stands in a public form, quotes included.
    let quoted: [UInt8]
  }

  private var entries: [Entry] = []
  private var numbers: [String: Int64] = [:]

  /// Nil for a number that no actor has.
  subscript(number: Int64) -> Entry? {
    number > 0 && number <= entries.count ? entries[Int(number - 1)] : nil
  }

  /// A name as it stands in a public form; its own, where it has a number.
  func quoted(_ name: String) -> [UInt8] {
    numbers[name].flatMap { self[$0] }?.quoted ?? PublicForm.quoted(name)
  }

  /// The number of a name, and whether it has been given only now.
  mutating func number(of name: String) -> (number: Int64, isNew: Bool) {
    if let number = numbers[name] { return (number, false) }
    entries.append(Entry(name: name, quoted: PublicForm.quoted(name)))
    numbers[name] = Int64(entries.count)
    return (Int64(entries.count), true)
  }
}
