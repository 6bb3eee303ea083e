import Domain
import EventLog
import Foundation
import Ledger
import Testing

@Suite struct ImportTests {
  let fixture: LedgerFixture

  init() throws {
    fixture = try LedgerFixture()
  }

  @Test func `customers come in once, and again only with what has changed`() async throws {
    let ledger = try await fixture.open()
    let file = "Nome;Telefone;Canal\nAna Souza;(41) 8888-7777;Instagram\nRui;11 96123-4567;Loja\n"
    let first = try await ledger.take(file, ImportRequest(kind: .customers, file: "c.csv"))
    #expect(first.result["customers_registered"] == .int(2))
    #expect(first.result["refused"] == nil)
    let again = try await ledger.take(file, ImportRequest(kind: .customers, file: "c.csv"))
    #expect(again.result["unchanged"] == .int(2))
    #expect(ledger.state.position == 3)
    let changed = file.replacingOccurrences(of: "Ana Souza", with: "Ana Lima")
    let third = try await ledger.take(changed, ImportRequest(kind: .customers, file: "c.csv"))
    #expect(third.result["customers_revised"] == .int(1))
    await ledger.close()
  }

  @Test func `rows that give a phone or a reference to two people are refused in place, each time`()
    async throws
  {
    let ledger = try await fixture.open()
    let file = """
      name,phone,ref
      Alice,+55 41 96666-0002,R1
      Bob,+55 41 96666-0002,R2
      Carla,+55 41 96666-0003,R1
      Davi,+55 41 96666-0002,
      Alice,+55 41 96666-0002,R1
      Eva,,R2
      """
    var again = 1
    for _ in 0..<3 {
      let job = try await ledger.take(file, ImportRequest(kind: .customers, file: "c.csv"))
      #expect(job.result["refused"] == .int(3))
      #expect(job.result["customers_revised"] == nil)
      #expect(job.result["rows"] == .int(6))
      #expect(job.result["unchanged"] == .int(Int64(again)))
      #expect(ledger.state.position == 3)
      again = 3
    }
    #expect(
      try ledger.log.personal(of: CustomerID(1)) == [
        .name: "Alice", .phone: "+5541966660002", .ref: "R1",
      ])
    await ledger.close()
  }

  @Test func `every row that was read is counted, whatever became of it`() async throws {
    let ledger = try await fixture.open()
    let file = """
      phone,tag
      +5511961234567,VIP;Nova
      123,VIP
      +5511961234567,
      +5511961234567,Outra
      """
    _ = try await ledger.createTag("VIP")
    _ = try await ledger.createTag("Nova")
    var request = ImportRequest(kind: .memberships, file: "m.csv")
    request.createsCustomers = true
    let job = try await ledger.take(file, request)
    #expect(job.result["rows"] == .int(4))
    #expect(job.result["refused"] == .int(3) && job.result["applied"] == .int(2))
    await ledger.close()
  }

  @Test func `dates of a history are read in the order that is said, or refused`() async throws {
    let ledger = try await fixture.open()
    let file = """
      phone,tag,time,action
      +5511961234567,VIP,05/02/2026 11:30,applied
      +5511961234567,VIP,2026-02-07T10:00:00.5Z,removed
      +5511961234567,VIP,8.2.26,applied
      """
    var request = ImportRequest(kind: .history, file: "h.csv")
    (request.createsTags, request.createsCustomers) = (true, true)
    request.dryRun = true
    #expect(try await ledger.take(file, request).result["refused"] == .int(2))
    request.dryRun = false
    request.options = ["dates": "dmy"]
    let job = try await ledger.take(file, request)
    #expect(job.result["refused"] == nil && job.result["applied"] == .int(2))
    let times = try ledger.log.events(seqs: 1..<ledger.log.size + 1).compactMap(\.occurred?.text)
    #expect(
      times == [
        "2026-02-05T11:30:00.000000Z", "2026-02-07T10:00:00.500000Z",
        "2026-02-08T00:00:00.000000Z",
      ])
    await ledger.close()
  }

  @Test func `a bad row is refused with its line and reason, and the rest goes in`() async throws {
    let ledger = try await fixture.open()
    let file = "name,phone\nAna,123\n\"Rui\nSilva\",+5511961234567\n,\nEva,+5511961234568\n"
    let job = try await ledger.take(file, ImportRequest(kind: .customers, file: "c.csv"))
    #expect(job.result["customers_registered"] == .int(2))
    #expect(job.result["refused"] == .int(1))
    let failures = try String(contentsOf: ledger.jobs.failures(of: job.id), encoding: .utf8)
    #expect(failures.hasPrefix("line,code,why,name,phone"))
    #expect(failures.contains("2,phone.unreadable,123,Ana,123"))
    await ledger.close()
  }

  @Test func `who has which tag comes in, and makes tags and customers only where asked to`()
    async throws
  {
    let ledger = try await fixture.open()
    let file = "phone,tag\n+5511961234567,VIP\n+5511961234567,Produto-Sofá;Novo cliente\n"
    var request = ImportRequest(kind: .memberships, file: "m.csv")
    let refused = try await ledger.take(file, request)
    #expect(refused.result["refused"] == .int(3))
    #expect(ledger.state.position == 1)
    request.createsTags = true
    request.createsCustomers = true
    let job = try await ledger.take(file, request)
    #expect(job.result["applied"] == .int(3))
    #expect(ledger.state.tags.count == 3)
    let position = ledger.state.position
    try await ledger.take(file, request)
    #expect(ledger.state.position == position)
    await ledger.close()
  }

  @Test
  func `a phone that came with a merged customer finds who they are now, and changes nothing`()
    async throws
  {
    let ledger = try await fixture.open()
    let file = "name,phone\nAna,+5511961234567\nAna,+5511961234568\n"
    try await ledger.take(file, ImportRequest(kind: .customers, file: "c.csv"))
    try await ledger.order(.mergeCustomer(CustomerID(1), into: CustomerID(2)))
    let again = try await ledger.take(file, ImportRequest(kind: .customers, file: "c.csv"))
    #expect(again.result["unchanged"] == .int(2))
    #expect(ledger.state.position == 4)
    await ledger.close()
  }

  @Test func `rows that change by which key the next is found lose nothing`() async throws {
    let ledger = try await fixture.open()
    let first = "name,phone,ref\nAna,+5511961234567,R1\n"
    try await ledger.take(first, ImportRequest(kind: .customers, file: "c.csv"))
    // Found by the phone, Ana gets another reference; the second row is then about somebody new.
    let second = "name,phone,ref\nAna,+5511961234567,R2\nRui,,R1\n"
    try await ledger.take(second, ImportRequest(kind: .customers, file: "c.csv"))
    #expect(ledger.state.lastCustomer == 2)
    #expect(try ledger.log.personal(of: CustomerID(2)) == [.name: "Rui", .ref: "R1"])
    await ledger.close()
  }

  @Test func `a file that gives a customer two tags of one set is refused where it does`()
    async throws
  {
    let ledger = try await fixture.open()
    for name in ["Reclamação-Aberta", "Reclamação-Resolvida"] {
      try await ledger.order(
        .createTag(TagDraft(name: name, color: .palette(0), set: "Reclamação")))
    }
    let file = "ref,tag\n7,Reclamação-Aberta\n7,Reclamação-Resolvida\n7,Reclamação-Aberta\n"
    var request = ImportRequest(kind: .memberships, file: "m.csv")
    request.createsCustomers = true
    let job = try await ledger.take(file, request)
    #expect(job.result["applied"] == .int(1))
    #expect(job.result["refused"] == .int(1))
    let position = ledger.state.position
    try await ledger.take(file, request)
    #expect(ledger.state.position == position)
    await ledger.close()
  }

  @Test func `a dry run says what would come in and records nothing`() async throws {
    let ledger = try await fixture.open()
    var request = ImportRequest(kind: .customers, file: "c.csv")
    request.dryRun = true
    let job = try await ledger.take("name,ref\nAna,1\nRui,2\n", request)
    #expect(job.result["customers_registered"] == .int(2))
    #expect(ledger.state.position == 1)
    await ledger.close()
  }

  @Test func `of a file that is no spreadsheet, only its beginning is quoted`() async throws {
    let ledger = try await fixture.open()
    for file in [String(repeating: "x", count: 30_000), String(repeating: "x,", count: 5_000)] {
      let job = try await ledger.take(file, ImportRequest(kind: .customers, file: "c.csv"))
      guard case .columnMissing(_, let headings)? = job.problem else {
        Issue.record("\(String(describing: job.problem))")
        continue
      }
      #expect(headings.joined().count < 1000)
      #expect(headings[0].hasPrefix("x"))
    }
    await ledger.close()
  }

  @Test func `a file without the column it needs is refused by name`() async throws {
    let ledger = try await fixture.open()
    let job = try await ledger.take("foo,bar\n1,2\n", ImportRequest(kind: .history, file: "h"))
    #expect(job.state == .failed)
    #expect(job.problem?.code == "import.column_missing")
    await ledger.close()
  }
}

extension Ledger {
  /// Imports a file of this content and waits for the end.
  @discardableResult
  func take(_ content: String, _ request: ImportRequest) async throws -> Job {
    try await take(Data(content.utf8), request)
  }

  @discardableResult
  func take(_ content: Data, _ request: ImportRequest) async throws -> Job {
    let upload = newUpload()
    try content.write(to: upload)
    return try await finish(
      startImport(request, upload: upload, by: LedgerFixture.founder))
  }
}
