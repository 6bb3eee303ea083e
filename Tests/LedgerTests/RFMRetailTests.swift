import Domain
import Foundation
import TestSupport
import Testing

/// RFM of a gift shop's year, held against a few lines of SQL over the same file (A20).
struct RFMRetailTests {
  private static let isPossible =
    RetailYear.isPossible && FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3")

  /// The invoices that are no cancellations, of customers who are known: what counts as an order.
  private static let orders = """
    CREATE TABLE o AS SELECT CustomerID c, InvoiceNo i, min(InvoiceDate) d,
      sum(CAST(round(Quantity * UnitPrice * 100) AS INTEGER)) a
    FROM l WHERE CustomerID <> '' AND InvoiceNo NOT LIKE 'C%' GROUP BY 1, 2;
    """

  /// Figures of each customer at midnight after the last day, and their scores by R's type 7 with ties
  /// as in `cut`: breaks and values are multiplied by the number of levels, as whole numbers.
  private static func scores(levels: Int) -> String {
    let columns = ["r", "f", "m"]
    let cuts = columns.map { column in
      """
      CREATE TABLE \(column)c AS WITH k(k) AS (VALUES \((1..<levels).map { "(\($0))" }.joined(separator: ","))),
        v AS (SELECT \(column) x, row_number() OVER (ORDER BY \(column)) - 1 i FROM t),
        h AS (SELECT (n - 1) * k / \(levels) j, (n - 1) * k % \(levels) g
          FROM k, (SELECT count(*) n FROM t))
      SELECT a.x * (\(levels) - g) + b.x * g b FROM h JOIN v a ON a.i = j
        JOIN v b ON b.i = min(j + 1, (SELECT count(*) - 1 FROM t));
      """
    }
    func level(_ column: String) -> String {
      "1 + (SELECT count(*) FROM \(column)c WHERE t.\(column) * \(levels) > b)"
    }
    return """
      CREATE TABLE t AS SELECT c,
        CAST((julianday('2010-12-10') - julianday(max(d))) AS INTEGER) r,
        count(*) f, sum(a) m FROM o GROUP BY c;
      \(cuts.joined(separator: "\n"))
      SELECT c, r, f, m, \(levels + 1) - (\(level("r"))), \(level("f")), \(level("m")) FROM t
      ORDER BY CAST(c AS INTEGER);
      """
  }

  private static func sql(_ statements: String) throws -> [[String]] {
    let script = """
      .mode csv
      .import /dev/stdin l
      \(statements)
      """
    let path = NSTemporaryDirectory() + "rfm-\(UUID().uuidString).sql"
    try Data(script.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let output = try Shell.output(
      of: "xz -dc \(Shell.quoted(RetailYear.path)) | sqlite3 -batch :memory: "
        + Shell.quoted(".read \(path)"))
    return String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  @Test(.enabled(if: isPossible, "the retail data, xz or sqlite3 is not there"), arguments: 3...5)
  func `the scores of a shop's year are those of SQL over the same file`(levels: Int) throws {
    let invoices = try Self.sql(Self.orders + "SELECT c, i, d, a FROM o ORDER BY 1, 2;")
    var ledger = PaperLedger()
    var numbers: [String: CustomerID] = [:]
    var drafts: [FactDraft] = []
    for row in invoices {
      var customer = numbers[row[0]]
      if customer == nil {
        let draft = CustomerDraft.draft(name: row[0])
        customer = try ledger.take(.registerCustomer(draft)).events[0].customer
        numbers[row[0]] = customer
      }
      drafts.append(
        FactDraft(
          .orderPlaced(order: row[1], amount: try #require(Int64(row[3])), lines: []),
          of: .id(customer!), occurred: try Timestamp(parsing: row[2])))
    }
    try ledger.take(.recordFacts(drafts, FactPolicy()))
    let settings = RFMSettings(levels: levels, scale: .quantiles(.below), grouping: .combination)
    if settings != ledger.state.rfm.settings {
      try ledger.take(.segment(.configureRFM(settings, revision: nil)))
    }
    let table = ledger.state.rfmTable(at: try Timestamp(parsing: "2010-12-10"))
    let expected = try Self.sql(Self.orders + Self.scores(levels: levels))
    #expect(expected.count == table.customers.count && expected.count > 4000)
    for row in expected {
      let customer = try #require(numbers[row[0]])
      let index = try #require(table.index(of: customer))
      let scores = table.scores[index]
      let told = [
        table.recency[index], table.frequency[index], table.monetary[index],
        Int64(scores.recency), Int64(scores.frequency), Int64(scores.monetary),
      ]
      #expect(told.map(String.init) == Array(row[1...]), "customer \(row[0])")
    }
  }
}
