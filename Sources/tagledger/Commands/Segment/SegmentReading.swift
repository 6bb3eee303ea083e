import APITypes
import ArgumentParser
import Client

struct SegmentList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: said(
      en: "List the segments, and what is due.",
      pt: "Listar os segmentos, e o que venceu.",
      fr: "Lister les segments, et ce qui est échu."), aliases: ["ls"])

  @OptionGroup var past: PastOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    try await session.list(
      segmentColumns(session.words), limit: limits.limit(default: nil)
    ) { limit, cursor in
      Paths.query(Paths.segments, ["limit": String(limit), "cursor": cursor, "as_of": seq])
    }
  }
}

struct SegmentShow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: said(
      en: "Show a segment, and how many are in it.",
      pt: "Mostrar um segmento, e quantos há nele.",
      fr: "Montrer un segment, et combien il compte."))

  @Argument(help: .nameOrID)
  var segment: String

  @OptionGroup var past: PastOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    let found = try await session.finder(asOf: seq).segment(segment)
    let shown: SegmentDocument = try await session.client.get(
      Paths.query(Paths.segment(found.id), ["as_of": seq]))
    session.show(shown, segmentColumns(session.words)) {
      segmentEntry(shown, session.words).text(session.paint)
    }
  }
}

struct SegmentMembers: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "members",
    abstract: said(
      en: "List who is in a segment now.",
      pt: "Listar quem está agora num segmento.",
      fr: "Lister qui est dans un segment maintenant."))

  @Argument(help: .nameOrID)
  var segment: String

  @OptionGroup var past: PastOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    let found = try await session.finder(asOf: seq).segment(segment)
    let columns: [Column<SegmentMember>] = [
      Column(session.words.id, "id", right: true) { String($0.id) },
      Column(session.words.name, "name") { $0.name },
    ]
    try await session.list(columns, limit: limits.limit(default: nil)) { limit, cursor in
      Paths.query(
        Paths.segmentCustomers(found.id),
        ["limit": String(limit), "cursor": cursor, "as_of": seq])
    }
  }
}
