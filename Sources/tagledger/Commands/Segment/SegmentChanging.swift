import APITypes
import ArgumentParser
import Client

struct SegmentCreate: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: said(
      en: "Keep a filter as a segment.",
      pt: "Guardar um filtro como segmento.",
      fr: "Garder un filtre comme segment."),
    discussion: """
        tagledger segment create "Every morning first" 'any of (tag:"Complaint-Open", tag:"Urgent")' \
      --daily --at 08:00 --role agent
      """)

  @Argument(
    help: .said(
      en: "Its name.",
      pt: "O nome dele.",
      fr: "Son nom."))
  var name: String

  @Argument(
    help: .said(
      en: "The filter.",
      pt: "O filtro.",
      fr: "Le filtre."))
  var filter: String

  @Option(help: .purpose)
  var purpose: String?

  @Option(
    help: .said(
      en: "Who answers for it, by id; you, if nobody.",
      pt: "Quem responde por ele, pelo id; senão, você.",
      fr: "Qui en répond, par identifiant ; vous, si personne.", valueName: "operator"))
  var owner: Int32?

  @OptionGroup var routine: RoutineOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  var filters: [String?] { [filter] }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let draft = SegmentDraft(
      name: name, purpose: purpose, owner: owner, filter: filter, routine: routine.draft,
      reason: change.reason, dryRun: change.dryRunField)
    let receipt: SegmentReceipt = try await session.client.send(.post, Paths.segments, draft)
    try session.report(receipt, ids: [String(receipt.segment.id)]) {
      session.words.segmentCreated(receipt.segment)
    }
  }
}

struct SegmentRevise: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise",
    abstract: said(
      en: "Change a segment: its filter, its routine, what is said of it.",
      pt: "Alterar um segmento: o filtro, a rotina, o que se diz dele.",
      fr: "Modifier un segment : son filtre, sa routine, ce qui en est dit."),
    discussion: said(
      en: "An empty text clears: --purpose \"\".",
      pt: "Um texto vazio limpa o campo: --purpose \"\".",
      fr: "Un texte vide efface la valeur : --purpose \"\"."))

  @Argument(help: .nameOrID)
  var segment: String

  @Option(
    help: .said(
      en: "Another name.",
      pt: "Outro nome.",
      fr: "Un autre nom.", valueName: "text"))
  var name: String?

  @Option(
    help: .said(
      en: "Another filter.",
      pt: "Outro filtro.",
      fr: "Un autre filtre.", valueName: "filter"))
  var filter: String?

  @Option(help: .purpose)
  var purpose: String?

  @Option(
    help: .said(
      en: "Who answers for it, by id.",
      pt: "Quem responde por ele, pelo id.",
      fr: "Qui en répond, par identifiant.", valueName: "operator"))
  var owner: Int32?

  @OptionGroup var routine: RoutineOptions

  @Flag(
    help: .said(
      en: "No routine any more.",
      pt: "Sem rotina daqui em diante.",
      fr: "Plus de routine."))
  var noRoutine = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if noRoutine, routine.draft != nil {
      throw ValidationError(
        said(
          en: "--no-routine excludes --daily, --weekday and --days.",
          pt: "--no-routine não se combina com --daily, --weekday e --days.",
          fr: "--no-routine exclut --daily, --weekday et --days."))
    }
  }

  var filters: [String?] { [filter] }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let found = try await session.finder.segment(segment)
    let draft = SegmentDraft(
      name: name, purpose: purpose, owner: owner, filter: filter, routine: routine.draft,
      clearsRoutine: noRoutine, reason: change.reason, dryRun: change.dryRunField)
    let receipt: SegmentReceipt = try await session.client.send(
      .patch, Paths.segment(found.id), draft)
    try session.report(receipt, ids: [String(found.id)]) {
      session.words.segmentRevised(receipt.segment.name)
    }
  }
}

struct SegmentRemove: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: said(
      en: "Remove a segment; undo brings it back.",
      pt: "Remover um segmento; undo o traz de volta.",
      fr: "Retirer un segment ; undo le rétablit."), aliases: ["rm"])

  @Argument(help: .nameOrID)
  var segment: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let found = try await session.finder.segment(segment)
    let receipt: SegmentReceipt = try await session.client.delete(
      Paths.segment(found.id), change)
    try session.report(receipt, ids: [String(found.id)]) {
      session.words.segmentRemoved(found.name)
    }
  }
}

struct SegmentReady: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "ready",
    abstract: said(
      en: "Create the guide's segments with their routines.",
      pt: "Criar os segmentos do guia com suas rotinas.",
      fr: "Créer les segments du guide avec leurs routines."),
    discussion: said(
      en: """
        Complaints and what is urgent every morning, what was received a week ago every Monday, the \
        regular customers every 60 days. Left out are those whose name is taken, and those that ask for \
        a tag that is not there: tag starter creates these.
        """,
      pt: """
        Reclamações e urgências toda manhã, o que foi recebido há uma semana toda \
        segunda-feira, os clientes regulares a cada 60 dias. Ficam de fora aqueles cujo nome \
        já existe, e os que pedem uma etiqueta que não existe: tag starter cria essas.
        """,
      fr: """
        Les réclamations et les urgences chaque matin, ce qui a été reçu il y a une semaine \
        chaque lundi, les clients réguliers tous les 60 jours. Sont laissés de côté ceux \
        dont le nom est pris, et ceux qui demandent une étiquette qui n’existe pas : tag \
        starter les crée.
        """))

  @Argument(
    help: .said(
      en: "pt, fr or en.",
      pt: "pt, fr ou en.",
      fr: "pt, fr ou en."), completion: .list(["pt", "fr", "en"]))
  var language: String

  @Option(
    help: .said(
      en: "The time of day at which they fall due.",
      pt: "A hora do dia em que vencem.",
      fr: "L’heure à laquelle ils arrivent à échéance.", valueName: "08:00"))
  var at: String?

  @Option(help: .timeZone)
  var zone: String?

  @Option(
    help: .said(
      en: "The role whose work they are.",
      pt: "O papel a quem cabe o trabalho deles.",
      fr: "Le rôle dont ils sont le travail.", valueName: "role"))
  var role: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let draft = ReadySegmentsDraft(
      time: at, zone: zone, role: role, reason: change.reason, dryRun: change.dryRunField)
    let receipt: SegmentsReceipt = try await session.client.send(
      .post, Paths.readySegments(language), draft)
    try session.report(receipt, ids: receipt.segments.map { String($0.id) }) {
      session.words.segmentsReady(receipt.segments.map(\.name), skipped: receipt.skipped)
    }
  }
}
