import Domain
import Foundation
import Ledger
import Testing

@Suite struct ExportTests {
  let here: LedgerFixture
  let there: LedgerFixture

  init() throws {
    here = try LedgerFixture()
    there = try LedgerFixture()
  }

  /// A shop with merges, a deletion, an archived tag, awkward texts, and a customer without keys.
  private func shop() async throws -> Ledger {
    let ledger = try await here.open()
    let vip = try await ledger.createTag("VIP")
    let sofa = try await ledger.createTag("Produto-Sofá; azul")
    let old = try await ledger.createTag("Antiga")
    let gone = try await ledger.createTag("Apagada")
    let ana = try await ledger.order(
      .registerCustomer(
        ledger.draft(
          personal: [
            .name: "Ana \"Nana\" Souza", .phone: "41 8888-7777", .notes: "=SUM(1)\nsegunda; linha",
            .attributes: "estudante\ncompra; muito", .needs: "fim de semana\nnota fiscal",
          ], channel: "Instagram"))
    ).events[0].customer!
    let rui = try await ledger.order(
      .registerCustomer(ledger.draft(personal: [.name: "Rui", .ref: "C-17"], channel: nil))
    ).events[0].customer!
    let nobody = try await ledger.register("Sem Telefone")
    let double = try await ledger.register("Ana S.", phone: "11 96123-4567")
    try await ledger.order(.apply(vip, to: [ana, nobody], details: nil), reason: "boa cliente")
    try await ledger.order(
      .apply(sofa, to: [ana, rui], details: ["rastreio": "BR1;2", "prazo": " 3-5 "]))
    try await ledger.order(.apply(old, to: [rui, double], details: ["cor": "azul"]))
    try await ledger.order(.apply(gone, to: [ana, rui, double], details: nil))
    try await ledger.order(.remove(vip, from: [ana]))
    try await ledger.order(.apply(vip, to: [double], details: nil))
    try await ledger.order(.mergeCustomer(double, into: ana))
    try await ledger.order(.mergeTag(old, into: sofa, name: .released, revisions: .init()))
    try await ledger.order(.archiveTag(sofa))
    try await ledger.order(.deleteTag(gone, customers: 2))
    return ledger
  }

  @Test func `what an export writes, an import takes and changes nothing`() async throws {
    let ledger = try await shop()
    let position = ledger.state.position
    for language in ExportLanguage.allCases {
      for kind in ImportKind.exported {
        let text = try await ledger.text(
          ExportRequest(
            kind: kind, delimiter: language == .english ? "comma" : "semicolon",
            forExcel: language == .french, language: language))
        var request = ImportRequest(kind: kind, file: "x.csv")
        request.createsTags = true
        request.createsCustomers = true
        let job = try await ledger.take(text, request)
        #expect(job.problem == nil)
        #expect(job.result["refused"] == nil, "\(kind) \(language): \(text)")
        #expect(ledger.state.position == position, "\(kind) \(language): \(text)")
      }
    }
    await ledger.close()
  }

  @Test func `an empty ledger takes an export over, and exports the same`() async throws {
    let ledger = try await shop()
    let copy = try await there.open()
    for kind in [ImportKind.customers, .history, .memberships] {
      var request = ImportRequest(kind: kind, file: "x.csv")
      request.createsTags = kind != .customers
      request.createsCustomers = true
      let text = try await ledger.text(ExportRequest(kind: kind))
      let job = try await copy.take(text, request)
      #expect(job.result["refused"] == nil)
      #expect(try await copy.text(ExportRequest(kind: kind)) == text)
    }
    for kind in ImportKind.exported {
      #expect(
        try await copy.text(ExportRequest(kind: kind))
          == ledger.text(ExportRequest(kind: kind)), "\(kind), after all three")
    }
    await ledger.close()
    await copy.close()
  }

  @Test func `an export of one tag tells of nobody else`() async throws {
    let ledger = try await shop()
    let vip = ledger.state.tag(named: NameKey("vip"))!
    let customers = try await ledger.text(ExportRequest(kind: .customers, tag: vip.id))
    #expect(customers.contains("Nana") && customers.contains("Sem Telefone"))
    #expect(!customers.contains("Rui"))
    let history = try await ledger.text(ExportRequest(kind: .history, tag: vip.id))
    #expect(history.split(separator: "\n").dropFirst().allSatisfy { $0.contains(",VIP,") })
    await ledger.close()
  }

  @Test func `nothing at all is exported as headings alone`() async throws {
    let ledger = try await here.open()
    #expect(
      try await ledger.text(ExportRequest(kind: .customers))
        == "name,phone,ref,channel,notes,attributes,needs\n")
    #expect(
      try await ledger.text(
        ExportRequest(kind: .history, delimiter: "tab", forExcel: true, language: .french))
        == "\u{FEFF}date\topérateur\tnom\ttéléphone\tréférence\tétiquette\taction\r\n")
    await ledger.close()
  }

  @Test func `a stranger gets no export`() async throws {
    let ledger = try await here.open()
    await #expect(throws: Problem.callerUnknown(ask: ledger.state.team.operators.map(\.name))) {
      try await ledger.export(ExportRequest(kind: .customers), by: .local(uid: 4711))
    }
    await ledger.close()
  }
}

extension Ledger {
  /// The whole of an export as text.
  func text(_ request: ExportRequest) async throws -> String {
    var bytes: [UInt8] = []
    for try await piece in try await export(request, by: LedgerFixture.founder) {
      bytes += piece
    }
    return try #require(String(validating: bytes, as: UTF8.self))
  }
}
