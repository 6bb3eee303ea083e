import Domain
import Foundation
import GRDB

/// The lines of a gift shop's file in a table in memory, asked in SQL what rules and scores ask.
struct RetailShop {
  private let database: DatabaseQueue

  /// `invoice`: what is no cancellation, with when it began, what it comes to in pence, and whether a
  /// line of it is of the category. `spent` has the cancellations too.
  ///
  /// The file does not say what was paid, shipped and completed: from the last weeks on it is every
  /// second invoice that is paid after half an hour and completed after three days, and every fourth
  /// that is shipped.
  private static let views = """
    CREATE VIEW number AS SELECT customer, number, number LIKE 'C%' AS cancels, min(time) AS began,
      CAST(round(sum(quantity * price) * 100) AS INTEGER) AS pence, max(hit) AS hit
      FROM line GROUP BY customer, number;
    CREATE TABLE invoice AS SELECT *, paid AND CAST(number AS INTEGER) % 4 = 0 AS shipped,
        CASE WHEN paid THEN began + 3 * 86400 END AS completed
      FROM (SELECT *, CAST(number AS INTEGER) % 2 = 0
          AND began >= CAST(strftime('%s', '2010-11-20') AS INTEGER) AS paid
        FROM number WHERE NOT cancels);
    CREATE TABLE spent AS SELECT * FROM number;
    """

  /// The customers of whom each rule's filter holds at the moment `:now`, for the rules that ask about
  /// orders. What was completed has left, whether or not it was told to be shipped.
  static let questions: [String: String] = [
    "A1": having("count(*) FILTER (WHERE began >= :now - 31 * :day) >= 3 OR \(orders(30)) >= 2"),
    "A3": having("\(orders(365)) > 3 AND \(pence(365)) > 150000"),
    "A4": having("max(began) < :now - 90 * :day"), "A5": having("max(began) < :now - 60 * :day"),
    "A6": having("\(pence(4000)) > 200000"),
    "A7": having("sum(hit) * 100 >= 25 * count(*)"),
    "A10": having("min(began) FILTER (WHERE NOT paid) < :now - 3600"),
    "A11": having(
      """
      max(paid AND began + 1800 >= :now - :day) \
      AND max(paid AND NOT shipped AND completed > :now)
      """),
    "A12": having(
      "max(completed) FILTER (WHERE completed <= :now) < :now - 7 * :day"),
    "A13": having("min(began) >= :now - 30 * :day"),
    "A14": having("\(orders(180)) >= 3"),
    "A15": having(
      "(\(largest(365)) > 50000 OR \(pence(365)) >= 200000) AND NOT (\(reactivate))"),
    "A16": having(reactivate),
    "A17": having("count(*) FILTER (WHERE hit AND began >= :now - 30 * :day) >= 2"),
    "A19": having(
      """
      \(orders(180)) >= 3 AND 2 * \(orders(60)) < count(*) FILTER \
      (WHERE began >= :now - 120 * :day AND began < :now - 60 * :day)
      """),
  ]

  private static let reactivate = """
    (\(largest(545)) > 50000 OR \(pence(545)) >= 200000) AND max(began) < :now - 180 * :day
    """

  private static func having(_ condition: String) -> String {
    "SELECT customer FROM invoice GROUP BY customer HAVING \(condition)"
  }

  private static func orders(_ days: Int) -> String {
    "count(*) FILTER (WHERE began >= :now - \(days) * :day)"
  }

  private static func largest(_ days: Int) -> String {
    "max(pence) FILTER (WHERE began >= :now - \(days) * :day)"
  }

  private static func pence(_ days: Int) -> String {
    """
    (SELECT sum(s.pence) FROM spent s \
    WHERE s.customer = invoice.customer AND s.began >= :now - \(days) * :day)
    """
  }

  init(_ data: Data, category: String) throws {
    database = try DatabaseQueue()
    try database.write { database in
      try database.execute(
        sql: """
          CREATE TABLE line (number TEXT, quantity INTEGER, time INTEGER, price REAL, customer TEXT,
            hit INTEGER)
          """)
      let insert = try database.makeStatement(
        sql: "INSERT INTO line VALUES (?, ?, CAST(strftime('%s', ?) AS INTEGER), ?, ?, ?)")
      for line in String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst() {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        let end = cells.suffix(5).map(String.init)
        let text = cells[2..<(cells.count - 5)].joined(separator: ",")
        let hit = text.trimmingCharacters(in: .whitespaces).uppercased() == category
        try insert.execute(arguments: [String(cells[0]), end[0], end[1], end[2], end[3], hit])
      }
      try database.execute(sql: Self.views)
      try database.execute(sql: "CREATE INDEX spent_customer ON spent (customer)")
    }
  }

  /// When a line of the file was bought, as it stands there.
  static func time(of line: Substring) -> Substring {
    line.split(separator: ",", omittingEmptySubsequences: false).suffix(4)[...].first ?? ""
  }

  private func seconds(_ moment: String) throws -> Int {
    Int(try Timestamp(parsing: moment).rawValue / 1_000_000)
  }

  private func arguments(at moment: String) throws -> StatementArguments {
    ["now": try seconds(moment), "day": 86_400]
  }

  /// What has become of invoices by a moment, beside their having been placed.
  func steps(at moment: String) throws -> [(customer: String, fact: Fact, at: Timestamp)] {
    let now = try seconds(moment)
    return try database.read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM invoice WHERE paid").flatMap { row in
        let (customer, order): (String, String) = (row["customer"], row["number"])
        let began: Int = row["began"]
        var steps: [(Fact, Int)] = [(.orderPaid(order: order), began + 1800)]
        let completed: Int = row["completed"]
        if completed <= now { steps.append((.orderCompleted(order: order), completed)) }
        if row["shipped"] as Bool {
          steps.append((.orderShipped(order: order, tracking: nil, estimate: nil), began + 2700))
        }
        return steps.map { (customer, $0, Timestamp(microseconds: Int64($1) * 1_000_000)) }
      }
    }
  }

  func customers(_ question: String, at moment: String) throws -> [String] {
    let all = try arguments(at: moment)
    return try database.read { database in
      let statement = try database.makeStatement(sql: question)
      try statement.setArguments(question.contains(":now") ? all : [])
      return try String.fetchAll(statement)
    }
  }

  /// Days since the last order, orders, pence; and the scores of the three by R's type 7 with ties as in
  /// `cut`. Breaks and values are multiplied by the number of levels, as whole numbers.
  func scores(
    levels: Int, at moment: String
  ) throws -> [(customer: String, figures: [Int64])] {
    func cuts(_ column: String) -> String {
      """
      \(column)v AS (SELECT \(column) x, row_number() OVER (ORDER BY \(column)) - 1 i FROM t),
      \(column)c AS (SELECT a.x * (\(levels) - h.g) + b.x * h.g cut FROM
        (SELECT (n - 1) * k / \(levels) j, (n - 1) * k % \(levels) g
          FROM k, (SELECT count(*) n FROM t)) h
        JOIN \(column)v a ON a.i = h.j
        JOIN \(column)v b ON b.i = min(h.j + 1, (SELECT count(*) - 1 FROM t)))
      """
    }
    func level(_ column: String) -> String {
      "1 + (SELECT count(*) FROM \(column)c WHERE t.\(column) * \(levels) > cut)"
    }
    let breaks = (1..<levels).map { "(\($0))" }.joined(separator: ",")
    let sql = """
      WITH t AS MATERIALIZED (SELECT customer c, (:now - max(began)) / :day r, count(*) f,
          \(Self.pence(4000)) m FROM invoice GROUP BY customer),
        k(k) AS (VALUES \(breaks)), \(["r", "f", "m"].map(cuts).joined(separator: ",\n"))
      SELECT c, r, f, m, \(levels + 1) - (\(level("r"))) rs, \(level("f")) fs, \(level("m")) ms
      FROM t
      """
    let all = try arguments(at: moment)
    return try database.read { database in
      try Row.fetchAll(database, sql: sql, arguments: all).map { row in
        (row["c"], ["r", "f", "m", "rs", "fs", "ms"].map { row[$0] })
      }
    }
  }
}
