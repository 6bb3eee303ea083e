import Domain
import EventLog
import Foundation
import GRDB
import Ledger
import Projections
import Synchronization
import TestSupport
import Testing

@Suite struct ErasureTests {
  let fixture: LedgerFixture

  static let person: PersonalFields = [
    .name: "Zwetanka Quíxarion", .phone: "+5541987651234", .ref: "zq-ref-7781",
    .notes: "colecciona xilofones de Ulan-Ude", .attributes: "muito pontual aos sábados",
    .needs: "entrega na rua Wxyz 4711",
  ]
  static let later: PersonalFields = [
    .name: "Zwetanka Jørgensdóttir", .phone: "+5541987654321", .ref: "zq-ref-9902",
    .notes: "agora prefere balalaicas", .attributes: "fala só por escrito",
    .needs: "retirada no balcão 9",
  ]
  static let twin: PersonalFields = [.name: "Z. Quíxarion-Vasylkiv", .phone: "+5541981112222"]

  init() throws {
    fixture = try LedgerFixture()
  }

  static var needles: Needles {
    var needles = Needles()
    for person in [person, later, twin] {
      for (field, text) in person {
        if field == .phone { needles.add(phone: text) } else { needles.add(text: text) }
      }
    }
    return needles
  }

  /// Registers, revises, merges and imports the person, so that they stand wherever they can.
  private func plant(in ledger: Ledger) async throws -> CustomerID {
    for index in 0..<300 { _ = try await ledger.register("Cliente \(index * 7919 % 300)") }
    let id = try await ledger.order(
      .registerCustomer(ledger.draft(personal: Self.person, channel: "loja"))
    ).events[0].customer!
    let twin = try await ledger.order(
      .registerCustomer(ledger.draft(personal: Self.twin, channel: nil))
    ).events[0].customer!
    for index in 0..<300 { _ = try await ledger.register("Zw \(index * 7919 % 300)") }
    try await ledger.order(.mergeCustomer(twin, into: id))
    try await ledger.order(
      .reviseCustomer(id, ledger.draft(personal: Self.later, channel: nil), revision: nil))
    let file = """
      name,phone,notes
      zwetanka jørgensdóttir,12,colecciona xilofones de Ulan-Ude
      Rui,34,outra nota
      Eva,98765-4321 ramal 9,nada

      """
    let job = try await ledger.take(file, ImportRequest(kind: .customers, file: "c.csv"))
    #expect(job.result["refused"] == .int(3))
    return id
  }

  @discardableResult
  private func erase(_ id: CustomerID, in ledger: Ledger) async throws -> Job {
    let receipt = try await ledger.erase(
      id, by: LedgerFixture.founder, reason: "a pedido", dryRun: false)
    let job = try await ledger.finish(try #require(receipt.job))
    #expect(job.problem == nil)
    return job
  }

  @Test func `nothing of an erased person is left in any file`() async throws {
    let ledger = try await fixture.open()
    let id = try await plant(in: ledger)
    var needles = Self.needles
    needles.add(
      key: ledger.log.lookupKey(.phone, Self.person[.phone]!).rawValue, name: "phone key")
    needles.add(key: ledger.log.lookupKey(.ref, Self.later[.ref]!).rawValue, name: "ref key")
    _ = try await ledger.customers(.init(name: "zwetanka"), by: LedgerFixture.founder)
    let before = try needles.found(in: fixture.directory)
    for file in ["views.db", "failures.csv"] {
      #expect(before.contains { $0.contains(file) }, "\(file) holds nothing: \(before)")
    }
    let job = try await erase(id, in: ledger)
    #expect(job.result["failure_rows"] == .int(2))
    #expect(job.result["opened"] == .int(0))
    #expect(job.result["tried"] == .int(14))
    #expect(job.result["pending"] == .array([]))
    #expect(try needles.found(in: fixture.directory) == [])
    try await ledger.verifies()
    let failures = try FileManager.default.contentsOfDirectory(
      atPath: fixture.directory + "/jobs"
    ).filter { $0.hasSuffix("failures.csv") }
    let text = try String(
      contentsOfFile: fixture.directory + "/jobs/" + failures[0], encoding: .utf8)
    #expect(text.contains("2,customer.erased,") && text.contains("Rui"))
    await ledger.close()
    #expect(try needles.found(in: fixture.directory) == [])
    let again = try await fixture.open()
    try await again.verifies()
    #expect(try needles.found(in: fixture.directory) == [])
    await again.close()
  }

  @Test func `the key and the ciphertext are overwritten, and a kept copy opens no more`()
    async throws
  {
    let ledger = try await fixture.open()
    let id = try await ledger.register("Ana", phone: "+5511961234567")
    let other = try await ledger.register("Rui")
    let (key, box) = try await rows(of: id)
    let trace = try ledger.log.trace(of: [id])
    #expect(trace.count == 2)
    #expect(try ledger.log.openable(trace) == 2)
    try await erase(id, in: ledger)
    #expect(try ledger.log.openable(trace) == 0)
    #expect(try ledger.log.personal(of: id) == [:])
    #expect(try ledger.log.personal(seq: 1) == [:])
    #expect(try ledger.log.personal(of: other) == [.name: "Rui"])
    for file in try FileManager.default.subpathsOfDirectory(atPath: fixture.directory) {
      let data = try? Data(contentsOf: URL(fileURLWithPath: fixture.directory + "/" + file))
      #expect(data?.range(of: key) == nil && data?.range(of: box) == nil, "\(file)")
    }
    await ledger.close()
  }

  /// A customer's wrapped key and one of their boxes, as they lie in the files.
  private func rows(of id: CustomerID) async throws -> (key: Data, box: Data) {
    func fetch(_ file: String, _ sql: String) throws -> Data {
      var configuration = Configuration()
      configuration.readonly = true
      let queue = try DatabaseQueue(
        path: fixture.directory + "/" + file, configuration: configuration)
      return try queue.read { try Data.fetchOne($0, sql: sql, arguments: [id.rawValue])! }
    }
    return (
      try fetch("keys.db", "SELECT wrapped FROM data_key WHERE customer = ?"),
      try fetch("log.db", "SELECT box FROM sealed WHERE customer = ? AND field = 'name'")
    )
  }

  @Test func `who is erased keeps number, tags and history, and takes nothing new`() async throws {
    let ledger = try await fixture.open()
    let (vip, novo) = (try await ledger.createTag("VIP"), try await ledger.createTag("Novo"))
    let ana = try await ledger.register("Ana", phone: "+5511961234567")
    let anna = try await ledger.register("Anna")
    let rui = try await ledger.register("Rui")
    try await ledger.order(.apply(vip, to: [ana], details: nil), reason: "liga para Anna Maria")
    try await ledger.order(.mergeCustomer(anna, into: ana))
    let preview = try await ledger.erase(
      anna, by: LedgerFixture.founder, reason: "a pedido", dryRun: true)
    #expect(preview.customers == [ana, anna])
    #expect(preview.fields == [.name: 2, .phone: 1])
    #expect(preview.seqs == nil && preview.job == nil)
    try await erase(anna, in: ledger)
    let state = ledger.state
    #expect(state.isErased(ana) && state.isErased(anna))
    #expect(state.tags(of: ana) == [vip])
    #expect(state.customerCount == 1)
    #expect(try ledger.customer(phone: "+5511961234567") == nil)
    for command: Command in [
      .apply(novo, to: [ana], details: nil),
      .reviseCustomer(ana, try ledger.draft(personal: [.name: "X"], channel: nil), revision: nil),
      .mergeCustomer(ana, into: rui), .mergeCustomer(rui, into: ana),
    ] {
      await #expect(throws: Problem.customerErased(ana)) { try await ledger.order(command) }
    }
    try await ledger.order(.remove(vip, from: [ana]))
    let again = try await ledger.erase(
      ana, by: LedgerFixture.founder, reason: nil, dryRun: false)
    #expect(again.seqs == nil && again.job == nil)
    await #expect(throws: Problem.reasonMissing) {
      try await ledger.erase(rui, by: LedgerFixture.founder, reason: " ", dryRun: false)
    }
    // The phone is free for whoever has it now.
    _ = try await ledger.register("Bea", phone: "+5511961234567")
    try await ledger.verifies()
    await ledger.close()
  }

  @Test func `an erasure cut short at any step is completed at the next start`() async throws {
    let copies = Mutex<[(step: String, path: String)]>([])
    let directory = fixture.directory
    let ledger = try await fixture.open(onErasure: { step in
      let copy = directory + "-at-" + step
      try? FileManager.default.copyItem(atPath: directory, toPath: copy)
      copies.withLock { $0.append((step, copy)) }
    })
    let id = try await plant(in: ledger)
    let before = directory + "-at-event"
    try await ledger.order(.eraseCustomer(id, fields: [:]), reason: "a pedido")
    try FileManager.default.copyItem(atPath: directory, toPath: before)
    copies.withLock { $0.append(("event", before)) }
    await ledger.close()
    let again = try await fixture.open(onErasure: { step in
      let copy = directory + "-at-" + step
      try? FileManager.default.copyItem(atPath: directory, toPath: copy)
      copies.withLock { $0.append((step, copy)) }
    })
    #expect(try Self.needles.found(in: directory) == [])
    await again.close()
    let all = copies.withLock { $0 }
    #expect(all.map(\.step) == ["event", "list", "files", "views", "keys", "ciphertext"])
    for (step, path) in all {
      let cut = try LedgerFixture(at: path)
      let ledger = try await cut.open()
      #expect(try Self.needles.found(in: path) == [], "\(step)")
      #expect(ledger.state.isErased(id), "\(step)")
      #expect(try ledger.log.isSealed(id) == false, "\(step)")
      try await ledger.verifies()
      await ledger.close()
    }
  }

  @Test func `a failures file is whole at every moment of an erasure`() async throws {
    let ledger = try await fixture.open()
    let id = try await ledger.register("Zwetanka Quíxarion")
    // Long enough that it takes a while to write zeros over it.
    let rows = (0..<8000).map { "Rui,12,\($0) \(String(repeating: "x", count: 200))\n" }.joined()
    let job = try await ledger.take(
      "name,phone,notes\n" + rows + "Zwetanka Quíxarion,34,nada\n",
      ImportRequest(kind: .customers, file: "c.csv"))
    let file = try ledger.jobs.failures(of: job.id)
    let length = try Data(contentsOf: file).count
    let isOver = Atomic(false)
    async let broken = onThread {
      var broken = 0
      while !isOver.load(ordering: .relaxed) {
        let handle = open(file.path, O_RDONLY)
        defer { close(handle) }
        var (opened, named) = (stat(), stat())
        var start = [UInt8](repeating: 0, count: 5)
        if read(handle, &start, 5) == 5, start == Array("line,".utf8) { continue }
        // Zeros may stand in what has had the name until just now.
        let isFormer =
          fstat(handle, &opened) == 0 && stat(file.path, &named) == 0
          && opened.st_ino != named.st_ino
        if !isFormer { broken += 1 }
      }
      return broken
    }
    defer { isOver.store(true, ordering: .relaxed) }
    #expect(try await erase(id, in: ledger).result["failure_rows"] == .int(1))
    isOver.store(true, ordering: .relaxed)
    #expect(try await broken == 0)
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.utf8.count > length - 200 && text.hasSuffix("8002,customer.erased,,,,\n"))
    await ledger.close()
  }

  @Test func `an erasure killed at its files is completed, and reaches files of no known job`()
    async throws
  {
    var ledger = try await fixture.open()
    let id = try await plant(in: ledger)
    let job = try #require(ledger.jobs.all.first)
    let file = try ledger.jobs.failures(of: job.id)
    try await ledger.order(.eraseCustomer(id, fields: [:]), reason: "a pedido")
    await ledger.close()
    // Written and not put in its place; of jobs without a file of their own, and with one that is torn.
    let rows = try Data(contentsOf: file)
    let jobs = file.deletingLastPathComponent()
    for name in ["\(job.id).failures.csv.new", "x.failures.csv", "torn.failures.csv", "torn.input"]
    {
      try rows.write(to: jobs.appending(path: name))
    }
    try Data("{".utf8).write(to: jobs.appending(path: "torn.json"))
    ledger = try await fixture.open()
    #expect(try Self.needles.found(in: fixture.directory) == [])
    for name in [file.lastPathComponent, "torn.failures.csv"] {
      let text = try String(contentsOf: jobs.appending(path: name), encoding: .utf8)
      #expect(text.contains("2,customer.erased,") && text.contains("Rui"), "\(name)")
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: jobs.path)
    #expect(
      left.sorted()
        == ["\(job.id).failures.csv", "\(job.id).json", "torn.failures.csv", "torn.json"].sorted())
    await ledger.close()
  }

  @Test func `an older copy brought back erases again before it serves, and nobody else`()
    async throws
  {
    var ledger = try await fixture.open()
    let ana = try await ledger.register("Ana Zwetanka")
    await ledger.close()
    let copy = fixture.directory + "-copy"
    try FileManager.default.copyItem(atPath: fixture.directory, toPath: copy)
    ledger = try await fixture.open()
    let rui = try await ledger.register("Rui")
    try await erase(ana, in: ledger)
    try await erase(rui, in: ledger)
    await ledger.close()
    let old = try LedgerFixture(at: copy)
    let list = "/" + ErasuresFile.name
    try FileManager.default.copyItem(
      atPath: fixture.directory + list, toPath: old.directory + list)
    ledger = try await old.open()
    #expect(ledger.state.isErased(ana))
    #expect(try ledger.log.isSealed(ana) == false)
    // The number of who was registered after the copy is given to somebody else.
    let eva = try await ledger.register("Eva")
    #expect(eva == rui)
    await ledger.close()
    ledger = try await old.open()
    #expect(try ledger.profile(eva, by: LedgerFixture.founder).personal == [.name: "Eva"])
    await ledger.close()
  }

  @Test func `a job that writes personal fields to a file is not under way beside an erasure`()
    async throws
  {
    let ledger = try await fixture.open()
    let ana = try await ledger.register("Ana")
    let verification = try ledger.startVerification(by: LedgerFixture.founder)
    do {
      let receipt = try await ledger.erase(
        ana, by: LedgerFixture.founder, reason: "a pedido", dryRun: false)
      // It had ended by then.
      #expect(try ledger.jobs.job(verification.id).state == .done)
      _ = try await ledger.finish(try #require(receipt.job))
    } catch {
      #expect(error as? Problem == .jobInTheWay(verification.id, kind: "verify"))
      #expect(!ledger.state.isErased(ana))
    }
    await ledger.close()
  }
}
