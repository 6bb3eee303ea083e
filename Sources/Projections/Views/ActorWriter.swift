import Domain
import GRDB

/// Gives each actor their number in the views.
struct ActorWriter {
  private let insert: RawStatement
  private var numbers: [String: Int32]

  init(_ db: Database) throws(Problem) {
    insert = try RawStatement(db, "INSERT INTO actor (id, name) VALUES (?, ?)")
    let rows = try Problem.wrapping {
      try Row.fetchAll(db, sql: "SELECT name, id FROM actor")
    }
    numbers = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
  }

  mutating func number(of name: String) throws(Problem) -> Int32 {
    if let known = numbers[name] { return known }
    let number = Int32(numbers.count + 1)
    insert.bind(1, Int64(number))
    insert.bind(2, text: name)
    try insert.run()
    numbers[name] = number
    return number
  }
}
