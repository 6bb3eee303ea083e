import Domain
import EventLog
import Foundation
import GRDB
import Ledger
import TestSupport
import Testing

@Suite struct OrderImportTests {
  let fixture: LedgerFixture

  init() throws {
    fixture = try LedgerFixture()
  }

  private func request(_ change: (inout ImportRequest) -> Void = { _ in }) -> ImportRequest {
    var request = ImportRequest(kind: .orders, file: "vendas.csv")
    request.createsCustomers = true
    change(&request)
    return request
  }

  private func facts(_ ref: String, in ledger: Ledger) throws -> CustomerFacts {
    let customer = try #require(ledger.customer(ref: ref))
    return ledger.state.facts(of: customer)
  }

  @Test func `lines of one order make one order, even where others stand between them`()
    async throws
  {
    let ledger = try await fixture.open()
    let file = """
      Invoice,StockCode,Quantity,InvoiceDate,Price,Customer ID
      500,A,2,2010-01-01T10:00:00,1.005,7
      501,B,1,2010-01-01T11:00:00,5,8
      500,C,1,2010-01-01T09:59:00,3.50,7
      500,A,1,2010-01-01T10:00:00,1.005,7
      C502,A,-1,2010-01-02T10:00:00,1.005,7
      503,A,1,2010-01-02T10:00:00,1,
      504,A,x,2010-01-02T10:00:00,1,7
      """
    let job = try await ledger.take(file, request())
    #expect(job.problem == nil)
    #expect(job.result["orders"] == .int(2))
    #expect(job.result["returns"] == .int(1))
    #expect(job.result["refused"] == .int(2))
    #expect(job.result["customers_registered"] == .int(2))
    let known = try facts("7", in: ledger)
    #expect(known.orders.count == 1)
    // 3 × 1.005 + 3.50 = 6.515, half to even.
    #expect(known.orders.first?.amount == 652)
    #expect(known.orders.first?.placed?.text == "2010-01-01T09:59:00.000000Z")
    #expect(known.orders.first?.lines.map(\.quantity) == [3, 1])
    #expect(known.credits.map(\.amount) == [100])
    let failures = try String(contentsOf: ledger.jobs.failures(of: job.id), encoding: .utf8)
    #expect(failures.contains("\n7,row.cell_missing,"))
    #expect(failures.contains("\n8,request.parameter_unreadable,"))

    let position = ledger.state.position
    let again = try await ledger.take(file, request())
    #expect(ledger.state.position == position)
    #expect(again.result["unchanged"] == .int(3))
    await ledger.close()
  }

  @Test func `a row can be a whole order, with what became of it`() async throws {
    let ledger = try await fixture.open()
    let file = """
      Pedido;Data;Total;Telefone;Nome;Pago;Entregue;Status
      P-1;01/12/2025 10:30;1.234,50;(41) 98888-7777;Ana;02/12/2025;05/12/2025;entregue
      P-2;03/12/2025;80,00;(41) 98888-7777;Ana;;;Cancelado
      """
    let job = try await ledger.take(file, request { $0.options = ["dates": "dmy"] })
    #expect(job.problem == nil)
    #expect(job.result["refused"] == nil)
    #expect(job.result["orders"] == .int(2) && job.result["cancelled"] == .int(1))
    let customer = try #require(try ledger.customer(phone: "(41) 98888-7777"))
    let figures = CustomerFigures(
      of: ledger.state.facts(of: customer), at: ledger.state.facts(of: customer).orders[1].placed!)
    #expect(figures.orders == 1 && figures.spent == 123_450)
    let order = ledger.state.facts(of: customer).orders[0]
    #expect(order.placed?.text == "2025-12-01T10:30:00.000000Z")
    #expect(order.completed?.text == "2025-12-05T00:00:00.000000Z")
    await ledger.close()
  }

  @Test func `a date is refused as it stands in the file, whichever way it was read`() async throws
  {
    let ledger = try await fixture.open()
    let file = "order,date,amount,ref\nP-1,31/12/2025,5,a\nP-2,12/31/2025,5,b\n"
    for (dates, refused) in [
      (nil, ["31/12/2025", "12/31/2025"]), ("dmy", ["12/31/2025"]), ("mdy", ["31/12/2025"]),
    ] {
      let job = try await ledger.take(
        file, request { $0.options = dates.map { ["dates": $0] } ?? [:] })
      let failures = try String(contentsOf: ledger.jobs.failures(of: job.id), encoding: .utf8)
      let told = failures.matches(of: /date\.unreadable,([^,]*),/).map { String($0.output.1) }
      #expect(told == refused, "\(failures)")
    }
    await ledger.close()
  }

  @Test func `what has the number of a cancellation and takes nothing back is refused as such`()
    async throws
  {
    let ledger = try await fixture.open()
    let file = "order,date,amount,ref\nC1,2025-12-31,5,a\nC2,2025-12-31,-5,a\n"
    let job = try await ledger.take(file, request())
    #expect(job.result["refused"] == .int(1) && job.result["returns"] == .int(1))
    let failures = try String(contentsOf: ledger.jobs.failures(of: job.id), encoding: .utf8)
    #expect(failures.contains("\n2,order.return_positive,C1,"), "\(failures)")
    await ledger.close()
  }

  @Test(arguments: [true, false])
  func `rows that are none, in the middle of a long file, cost themselves alone`(
    _ isByLine: Bool
  ) async throws {
    let ledger = try await fixture.open()
    let heading = isByLine ? "order,date,price,product,ref" : "order,date,amount,note,ref"
    var file = Data((heading + "\n").utf8)
    for row in 2...16_000 {
      // Lines of an order stand far apart, so that its rows come in different pieces.
      let order = isByLine ? row % 8000 : row
      var text = Data("P\(order),2025-01-10,1.25,café número \(row % 9),C\(order % 7)\n".utf8)
      if row == 9000 { text.replaceSubrange(0..<1, with: [UInt8(ascii: "\"")]) }
      if row == 9001 { text.replaceSubrange(0..<1, with: [0xC3]) }
      file.append(text)
    }
    let job = try await ledger.take(file, request { $0.encoding = "utf-8" })
    #expect(job.problem == nil)
    #expect(job.result["rows"] == .int(15_999))
    #expect(job.result["refused"] == .int(2))
    #expect(job.result["orders"] == .int(isByLine ? 8000 : 15_997))
    let failures = try String(contentsOf: ledger.jobs.failures(of: job.id), encoding: .utf8)
    #expect(failures.contains("\n9000,import.unreadable,quote_not_closed,"))
    #expect(failures.contains("\n9001,import.unreadable,not_text,"))
    let orders = try (0..<7).flatMap { try facts("C\($0)", in: ledger).orders }
    #expect(orders.reduce(0) { $0 + $1.amount } == 15_997 * 125)
    await ledger.close()
  }

  @Test func `an import that is stopped begins anew, and takes each order once`() async throws {
    let ledger = try await fixture.open()
    var rows = "order,date,amount,ref\n"
    for row in 0..<60_000 {
      rows += "P\(row),2025-01-\(10 + row % 20),\(row % 90).50,C\(row % 70)\n"
    }
    let upload = ledger.newUpload()
    try Data(rows.utf8).write(to: upload)
    let started = try ledger.startImport(request(), upload: upload, by: LedgerFixture.founder)
    while try ledger.jobs.job(started.id).done == 0 { try await Task.sleep(for: .milliseconds(1)) }
    #expect(try await ledger.jobs.stop(started.id).state == .stopped)
    #expect(ledger.state.position < 1 + 70 + 60_000)
    _ = try ledger.resume(started.id, by: LedgerFixture.founder)
    let job = try await ledger.finish(started)
    #expect(job.state == .done && job.problem == nil)
    #expect(job.result["rows"] == .int(60_000))
    #expect(ledger.state.position == 1 + 70 + 60_000)
    try await ledger.verifies()
    await ledger.close()
  }

  @Test func `another currency needs a rate, and is converted to the cent`() async throws {
    let ledger = try await fixture.open()
    let file = "order,date,amount,ref\n1,2025-01-01,10.05,a\n"
    let refused = try await ledger.take(file, request { $0.options = ["currency": "USD"] })
    #expect(refused.result["refused"] == .int(1))
    try await ledger.take(
      file, request { $0.options = ["currency": "USD", "rate": "5.4321"] })
    #expect(try facts("a", in: ledger).orders.map(\.amount) == [5459])
    await ledger.close()
  }

  @Test func `a dry run tells what would come in and records nothing`() async throws {
    let ledger = try await fixture.open()
    let position = ledger.state.position
    let file = "order,date,amount,ref\n1,2025-01-01,10,a\n2,2025-01-01,10,a\n"
    let job = try await ledger.take(file, request { $0.dryRun = true })
    #expect(job.result["orders"] == .int(2))
    #expect(ledger.state.position == position)
    await ledger.close()
  }

  @Test(
    .enabled(
      if: RetailYear.isPossible,
      "skipped: the year of a shop does not lie beside the repository, or there is no xz"))
  func `the figures of a shop's whole year are those that SQL finds in the same file`()
    async throws
  {
    let data = try Shell.output(of: "xz -dc " + Shell.quoted(RetailYear.path))
    let ledger = try await fixture.open()
    let caller = LedgerFixture.founder
    _ = try await ledger.submit(Order(.reviseAccount(currency: "GBP"), by: caller))
    let job = try await ledger.take(data, request())
    #expect(job.problem == nil)
    #expect(job.result["rows"] == .int(525_461))

    let shop = try RetailTables(data)
    #expect(
      job.result["refused"]
        == .int(Int64(try shop.count("SELECT count(*) FROM line WHERE customer = ''"))))
    let expected = try shop.figures()
    let state = ledger.state
    #expect(state.customerCount == expected.count)
    let end = try Timestamp(parsing: "2011-01-01")
    var total: Int64 = 0
    var orders = 0
    for row in expected {
      let customer = try #require(ledger.customer(ref: row.customer))
      let figures = CustomerFigures(of: state.facts(of: customer), at: end)
      #expect(figures.orders == row.orders, "\(row.customer)")
      #expect(figures.spent == row.spent, "\(row.customer)")
      #expect(figures.lastOrder?.text.prefix(19) == row.last.map { $0[...] }, "\(row.customer)")
      total += figures.spent
      orders += figures.orders
    }
    #expect(Int64(orders) == Int64(try shop.count(RetailTables.orders)))
    #expect(total == Int64(try shop.count(RetailTables.total)))
    await ledger.close()
    // What was told a fact at a time is what a start puts in place on all cores.
    let again = try await fixture.open()
    #expect(state.firstDifference(to: again.state) == nil)
    await again.close()
  }
}

/// The same file in a table, asked in SQL.
private struct RetailTables {
  private let database: DatabaseQueue

  /// Of each customer: how many invoices that are no cancellations, what all lines come to, invoice by
  /// invoice to the penny, and when the last invoice began.
  private static let figures = """
    WITH invoice AS (
      SELECT customer, number, number LIKE 'C%' AS cancels, min(time) AS began,
        CAST(round(sum(quantity * price) * 100) AS INTEGER) AS pence
      FROM line WHERE customer <> '' GROUP BY customer, number)
    SELECT customer, count(*) FILTER (WHERE NOT cancels) AS orders, sum(pence) AS spent,
      max(began) FILTER (WHERE NOT cancels) AS last
    FROM invoice GROUP BY customer
    """
  static let orders =
    "SELECT count(DISTINCT number) FROM line WHERE customer <> '' AND number NOT LIKE 'C%'"
  static let total = "SELECT sum(spent) FROM (\(figures))"

  struct Row {
    let customer: String
    let orders: Int
    /// Pence.
    let spent: Int64
    let last: String?
  }

  init(_ data: Data) throws {
    database = try DatabaseQueue()
    var lines: [[String]] = []
    // Only the first columns and the last but one are needed; none of them is ever quoted but the text.
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst() {
      let start = line.split(separator: ",", maxSplits: 2)
      let parts = line.split(separator: ",", omittingEmptySubsequences: false)
      let end = parts.suffix(5)
      lines.append(
        [String(start[0])] + end.dropLast().map(String.init))
    }
    try database.write { database in
      try database.execute(
        sql:
          "CREATE TABLE line (number TEXT, quantity INTEGER, time TEXT, price REAL, customer TEXT)")
      let insert = try database.makeStatement(sql: "INSERT INTO line VALUES (?, ?, ?, ?, ?)")
      for line in lines { try insert.execute(arguments: StatementArguments(line)) }
    }
  }

  func count(_ sql: String) throws -> Int {
    try database.read { try Int.fetchOne($0, sql: sql) ?? 0 }
  }

  func figures() throws -> [Row] {
    try database.read { database in
      try GRDB.Row.fetchAll(database, sql: Self.figures).map { row in
        Row(
          customer: row["customer"], orders: row["orders"], spent: row["spent"], last: row["last"])
      }
    }
  }
}
