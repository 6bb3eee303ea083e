import Domain
import Foundation
import Ledger
import Testing

/// What a row of a file of orders says, cell by cell.
@Suite struct OrderRowTests {
  let fixture: LedgerFixture

  init() throws {
    fixture = try LedgerFixture()
  }

  private func take(
    _ rows: String, into ledger: Ledger, _ kind: ImportKind = .orders,
    _ options: [String: String] = [:]
  ) async throws -> Job {
    var request = ImportRequest(kind: kind, file: "vendas.csv")
    request.createsCustomers = true
    request.createsTags = true
    request.options = options
    return try await ledger.take(rows, request)
  }

  private func orders(_ ref: String, in ledger: Ledger) throws -> [OrderFacts] {
    ledger.state.facts(of: try #require(ledger.customer(ref: ref))).orders
  }

  private func failures(_ job: Job, in ledger: Ledger) throws -> String {
    try String(contentsOf: ledger.jobs.failures(of: job.id), encoding: .utf8)
  }

  @Test(
    arguments: [
      ("1.5", "10", 1500, 1), ("0.5", "10", 500, 1), ("2.5", "10", 2500, 1),
      ("\"0,25\"", "10", 250, 1), ("1.250", "10", 1250, 1), ("3.00", "0.335", 100, 3),
      ("0.333", "0.10", 3, 1), ("1000000", "0.000001", 100, 1_000_000),
    ] as [(String, String, Int64, Int32)])
  func `an amount is the exact product, rounded once`(
    quantity: String, price: String, amount: Int64, pieces: Int32
  ) async throws {
    let ledger = try await fixture.open()
    let job = try await take(
      "ref,order,time,product,quantity,price\nA,1,2026-01-01,X,\(quantity),\(price)\n",
      into: ledger)
    #expect(job.problem == nil && job.result["refused"] == nil)
    let order = try #require(try orders("A", in: ledger).first)
    #expect(order.amount == amount)
    #expect(order.lines.map(\.amount) == [amount] && order.lines.map(\.quantity) == [pieces])
    await ledger.close()
  }

  @Test func `numbers beyond all money are refused, and stop nothing`() async throws {
    let ledger = try await fixture.open()
    let nines = String(repeating: "9", count: 18)
    let job = try await take(
      """
      ref,order,time,product,quantity,price
      A,1,2026-01-01,X,\(nines),\(nines)
      A,2,2026-01-01,X,1,\(nines)
      A,3,2026-01-01,X,-1,\(nines)
      A,4,2026-01-01,X,3000000000,0
      A,5,2026-01-01,X,1,9999999999999
      A,5,2026-01-01,X,1,9999999999999
      A,6,2026-01-01,X,1,2
      """, into: ledger)
    #expect(job.problem == nil && job.result["orders"] == .int(1))
    #expect(job.result["refused"] == .int(5))
    await ledger.close()
  }

  @Test func `a row with more cells than the heading is refused, of any kind of file`()
    async throws
  {
    let ledger = try await fixture.open()
    for (kind, file) in [
      (ImportKind.orders, "ref,order,time,amount\nA,1,2026-01-01,1,234.50\nB,2,2026-01-01,5,,\n"),
      (.customers, "ref,name\nC,Silva, Ana\nD,Rui,\n"),
      (.memberships, "ref,tag\nD,VIP,x\nD,VIP,\n"),
      (.history, "ref,tag,time,action\nD,VIP,2026-01-01,+,x\nD,VIP,2026-01-01,+,\n"),
    ] {
      let job = try await take(file, into: ledger, kind)
      #expect(job.problem == nil && job.result["refused"] == .int(1))
      #expect(try failures(job, in: ledger).contains("\n2,row.too_wide,"))
    }
    #expect(ledger.customer(ref: "A") == nil && ledger.customer(ref: "C") == nil)
    #expect(try orders("B", in: ledger).map(\.amount) == [500])
    await ledger.close()
  }

  @Test func `a file in which a field would stand in either of two columns is refused`()
    async throws
  {
    let ledger = try await fixture.open()
    let job = try await take(
      "ref,order,time,Amount,amount,note,note\nA,1,2026-01-01,1,2,x,y\n", into: ledger)
    #expect(job.problem?.code == "import.column_repeated")
    let fine = try await take(
      "ref,order,time,amount,note,note\nA,1,2026-01-01,1,x,y\n", into: ledger)
    #expect(fine.problem == nil && fine.result["orders"] == .int(1))
    await ledger.close()
  }

  @Test func `times without an offset are the shop's, and others what they say`() async throws {
    let ledger = try await fixture.open(zone: "America/New_York")
    let rows = """
      ref,order,time,amount
      A,1,2026-07-01 10:00,1
      A,2,2026-01-15,1
      A,3,2026-01-15T10:00:00Z,1
      A,4,2026-01-15T10:00:00+01:00,1
      A,5,2026-03-08 02:30,1
      A,6,2025-11-02 01:30,1
      """
    _ = try await take(rows, into: ledger)
    let times = try orders("A", in: ledger).compactMap(\.placed).map { $0.text.prefix(16) }
    #expect(
      times.sorted() == [
        "2025-11-02T05:30", "2026-01-15T05:00", "2026-01-15T09:00", "2026-01-15T10:00",
        "2026-03-08T07:30", "2026-07-01T14:00",
      ])
    let zone = try await take(
      "ref,order,time,amount\nB,1,2/7/2026 10:00,1\n", into: ledger, .orders,
      ["zone": "Europe/Paris", "dates": "dmy"])
    #expect(zone.problem == nil)
    #expect(try orders("B", in: ledger).first?.placed?.text == "2026-07-02T08:00:00.000000Z")
    let nowhere = try await take(rows, into: ledger, .orders, ["zone": "Mars/Olympus"])
    #expect(nowhere.problem?.code == "zone.unknown")
    let history = try await take(
      "ref,tag,time,action\nA,VIP,2026-07-01 10:00,+\n", into: ledger, .history)
    #expect(history.problem == nil)
    let customer = try #require(ledger.customer(ref: "A"))
    #expect(
      ledger.state.tagged(TagID(1), customer)?.text == "2026-07-01T14:00:00.000000Z")
    await ledger.close()
  }

  @Test func `a status is the step that it names, at the order's time`() async throws {
    let ledger = try await fixture.open()
    let job = try await take(
      """
      ref,order,time,amount,shipped,status
      A,1,2026-01-01,10,,pago
      A,2,2026-01-01,10,,Enviado
      A,3,2026-01-01,10,2026-01-05,shipped
      A,4,2026-01-01,10,,COMPLETED
      A,5,2026-01-01,10,,Reembolsado
      A,6,2026-01-01,10,,annulée par le client
      A,7,2026-01-01,10,,pending_payment
      A,8,2026-01-01,10,,
      A,9,2026-01-01,10,,yellow
      """, into: ledger)
    #expect(job.result["orders"] == .int(8) && job.result["refused"] == .int(1))
    #expect(
      try failures(job, in: ledger).contains(
        "\n10,request.parameter_unreadable,") && failures(job, in: ledger).contains("yellow"))
    let known = try orders("A", in: ledger)
    let placed = try #require(known.first?.placed)
    func count(_ step: (OrderFacts) -> Timestamp?) -> [Timestamp] { known.compactMap(step) }
    #expect(count(\.paid) == [placed] && count(\.completed) == [placed])
    #expect(count(\.cancelled) == [placed])
    #expect(count(\.shipped).map(\.date).sorted() == ["2026-01-01", "2026-01-05"])
    #expect(known.flatMap(\.returns).map(\.amount) == [1000])
    await ledger.close()
  }

  @Test func `of an order only the lines that came back are returned`() async throws {
    let ledger = try await fixture.open()
    _ = try await take(
      """
      ref,order,time,product,price,status
      A,1,2026-01-01,X,10.00,entregue
      A,1,2026-01-01,Y,2.345,devolvido
      A,1,2026-01-01,Z,0.005,devolvido
      """, into: ledger)
    let order = try #require(try orders("A", in: ledger).first)
    #expect(order.amount == 1235 && order.returns.map(\.amount) == [235])
    await ledger.close()
  }

  @Test func `an order that is told otherwise is told apart from one that is known`() async throws {
    let ledger = try await fixture.open()
    let heading = "ref,order,time,amount\n"
    _ = try await take(heading + "A,1,2026-01-01,10\nA,2,2026-01-01,10\n", into: ledger)
    let job = try await take(
      heading + "A,1,2026-01-01,10\nA,2,2026-01-01,20\nA,2,2026-01-02,5\n", into: ledger)
    #expect(job.result["unchanged"] == .int(1) && job.result["superseded"] == .int(2))
    #expect(try orders("A", in: ledger).map(\.amount) == [1000, 1000])
    await ledger.close()
  }
}
