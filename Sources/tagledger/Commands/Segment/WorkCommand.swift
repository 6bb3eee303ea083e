import APITypes
import ArgumentParser
import Client

struct WorkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work",
    abstract: said(
      en: "Work through the customers of lists that are due.",
      pt: "Trabalhar os clientes das listas vencidas.",
      fr: "Traiter les clients des listes échues."),
    discussion: said(
      en: """
        When the routine of a segment falls due, whoever is in it then stands on its list. One takes a \
        customer, so that nobody else does, and says what came of it.
        """,
      pt: """
        Quando a rotina de um segmento vence, quem está nele entra na lista. Alguém assume \
        um cliente, para que mais ninguém o faça, e diz o que resultou.
        """,
      fr: """
        Quand la routine d’un segment arrive à échéance, qui s’y trouve entre dans sa liste. \
        On prend un client en charge, pour que personne d’autre ne le fasse, et on dit ce \
        qu’il en est advenu.
        """),
    subcommands: [
      WorkListCommand.self, WorkTake.self, WorkDone.self, WorkSkip.self, WorkReopen.self,
    ],
    defaultSubcommand: WorkListCommand.self)
}

struct WorkListCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: said(
      en: "List what is due and still to be done.",
      pt: "Listar o que venceu e ainda falta fazer.",
      fr: "Lister ce qui est échu et reste à faire."), aliases: ["ls"])

  @Argument(
    help: .said(
      en: "Only the list of this segment, by name or id.",
      pt: "Só a lista deste segmento, pelo nome ou id.",
      fr: "Seulement la liste de ce segment, par nom ou identifiant."))
  var segment: String?

  @Option(
    help: .said(
      en: "Only the lists of this role.",
      pt: "Só as listas deste papel.",
      fr: "Seulement les listes de ce rôle.", valueName: "role"))
  var role: String?

  @Option(
    help: .said(
      en: "Only what is open, taken, done or skipped.",
      pt: "Só o que está open, taken, done ou skipped.",
      fr: "Seulement ce qui est open, taken, done ou skipped.", valueName: "state"),
    completion: .list(["open", "taken", "done", "skipped"]))
  var state: String?

  @Flag(
    help: .said(
      en: "Everything: also what is done, and the lists of others.",
      pt: "Tudo: também o que está feito, e as listas de outros.",
      fr: "Tout : aussi ce qui est fait, et les listes des autres."))
  var all = false

  @OptionGroup var past: PastOptions
  @Option(
    name: [.customShort("l", allowingJoined: true), .long], parsing: .unconditional,
    help: .said(
      en: "At most so many.",
      pt: "No máximo este número.",
      fr: "Au plus ce nombre.", valueName: "number"))
  var limit: Int?
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let limit, limit < 1 {
      throw ValidationError(
        said(
          en: "--limit has to be 1 or more.", pt: "--limit precisa ser 1 ou mais.",
          fr: "--limit doit être 1 ou plus."))
    }
  }

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    var id: String?
    if let segment {
      id = String(try await session.finder(asOf: seq).segment(segment).id)
    }
    try await session.list(workColumns(session.words), limit: limit) { limit, cursor in
      Paths.query(
        Paths.work,
        [
          "segment": id, "role": role, "state": state, "all": all ? "true" : nil, "as_of": seq,
          "limit": String(limit), "cursor": cursor,
        ])
    }
  }
}

struct WorkTake: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "take",
    abstract: said(
      en: "Take customers of a list upon yourself.",
      pt: "Assumir clientes de uma lista.",
      fr: "Prendre en charge des clients d’une liste."))

  @Argument(help: .segment)
  var segment: String

  @OptionGroup var customers: CustomerArguments
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.work("take", segment, customers, change)
  }
}

struct WorkDone: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "done",
    abstract: said(
      en: "Say that customers of a list have been dealt with.",
      pt: "Dizer que clientes de uma lista foram atendidos.",
      fr: "Dire que des clients d’une liste ont été traités."))

  @Argument(help: .segment)
  var segment: String

  @OptionGroup var customers: CustomerArguments
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.work("done", segment, customers, change)
  }
}

struct WorkSkip: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "skip",
    abstract: said(
      en: "Leave customers of a list out this time; --reason says why.",
      pt: "Pular clientes de uma lista desta vez; --reason diz por quê.",
      fr: "Passer des clients d’une liste cette fois ; --reason dit pourquoi."))

  @Argument(help: .segment)
  var segment: String

  @OptionGroup var customers: CustomerArguments
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.work("skip", segment, customers, change)
  }
}

struct WorkReopen: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen",
    abstract: said(
      en: "Give back what was taken, or go back on done and skipped.",
      pt: "Devolver o que foi assumido, ou voltar atrás no que foi feito ou pulado.",
      fr: "Rendre ce qui a été pris en charge, ou revenir sur ce qui est fait ou passé."))

  @Argument(help: .segment)
  var segment: String

  @OptionGroup var customers: CustomerArguments
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.work("reopen", segment, customers, change)
  }
}

extension Session {
  fileprivate func work(
    _ act: String, _ segment: String, _ customers: CustomerArguments, _ change: ChangeOptions
  ) async throws {
    try refuseSheets()
    let found = try await finder.segment(segment)
    let ids = try await customers.ids(in: self)
    let draft = WorkDraft(
      segment: found.id, customers: ids, reason: change.reason, dryRun: change.dryRunField)
    let receipt: WorkReceipt = try await client.send(.post, Paths.work(act), draft)
    try report(receipt, ids: ids.map(String.init)) { words.worked(receipt) }
  }
}
