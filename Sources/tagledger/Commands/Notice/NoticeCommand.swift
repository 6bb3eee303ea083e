import APITypes
import ArgumentParser
import Client

struct NoticeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notice",
    abstract: said(
      en: "Read what others have changed that concerns you.",
      pt: "Ler o que outros mudaram e diz respeito a você.",
      fr: "Lire ce que d’autres ont changé et qui vous concerne."),
    discussion: said(
      en: """
        A change to a criterion, a set, a role, a rule, a segment, and a merge, an archiving or a \
        deletion makes a notice for those who may apply the tag or hold the role; of a rule, also for \
        those who write rules. Who has read it is known.
        """,
      pt: """
        Mudar um critério, um conjunto, um papel, uma regra ou um segmento, e unir, arquivar \
        ou excluir uma etiqueta gera um aviso para quem pode aplicar a etiqueta ou tem o \
        papel; de uma regra, também para quem escreve regras. Sabe-se quem já leu.
        """,
      fr: """
        Changer un critère, un ensemble, un rôle, une règle ou un segment, et fusionner, \
        archiver ou supprimer une étiquette fait un avis pour ceux qui peuvent mettre \
        l’étiquette ou qui ont le rôle ; d’une règle, aussi pour ceux qui écrivent des \
        règles. On sait qui l’a lu.
        """),
    subcommands: [NoticeList.self, NoticeShow.self, NoticeAck.self],
    aliases: ["notices"])
}

struct NoticeList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: said(
      en: "List what you have not read yet.",
      pt: "Listar o que você ainda não leu.",
      fr: "Lister ce que vous n’avez pas encore lu."), aliases: ["ls"])

  @Flag(
    help: .said(
      en: "Also what has been read.",
      pt: "Também o que já foi lido.",
      fr: "Aussi ce qui a été lu."))
  var read = false

  @Option(
    name: .customLong("operator"),
    help: .said(
      en: "The notices of somebody else, by id; needs team:read.",
      pt: "Os avisos de outra pessoa, pelo id; precisa de team:read.",
      fr: "Les avis de quelqu’un d’autre, par identifiant ; demande team:read.", valueName: "id"))
  var holder: Int32?

  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.list(
      noticeColumns(session.words), limit: limits.limit(default: 50)
    ) { limit, cursor in
      Paths.query(
        Paths.notices,
        [
          "limit": String(limit), "cursor": cursor, "unread": read ? nil : "true",
          "operator": holder.map(String.init),
        ])
    }
  }
}

struct NoticeShow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: said(
      en: "Show one notice: who has read it, and who has not.",
      pt: "Mostrar um aviso: quem leu, e quem não.",
      fr: "Montrer un avis : qui l’a lu, et qui ne l’a pas lu."))

  @Argument(help: .event)
  var seq: Int64

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let notice: NoticeDocument = try await session.client.get(Paths.notice(seq))
    session.show(notice, noticeColumns(session.words)) { session.words.told(notice) }
  }
}

struct NoticeAck: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack",
    abstract: said(
      en: "Say that you have read notices.",
      pt: "Dizer que você leu avisos.",
      fr: "Dire que vous avez lu des avis."))

  @Argument(
    help: .said(
      en: "The numbers of the events.",
      pt: "Os números dos eventos.",
      fr: "Les numéros des événements."))
  var seqs: [Int64] = []

  @Flag(
    help: .said(
      en: "All there are.",
      pt: "Todos os que há.",
      fr: "Tous ceux qu’il y a."))
  var all = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard all != !seqs.isEmpty else {
      throw ValidationError(
        said(
          en: "Give the numbers of notices, or --all.",
          pt: "Informe os números dos avisos, ou --all.",
          fr: "Donnez les numéros des avis, ou --all."))
    }
  }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    var draft = AcknowledgeDraft(notices: all ? nil : seqs)
    if all {
      // Only what there is to be seen now: what comes meanwhile has not been read.
      let status: Status = try await session.client.get(Paths.status)
      draft.through = status.position
    }
    let receipt: NoticeReceipt = try await session.client.send(
      .post, Paths.noticesAcknowledge, draft)
    try session.report(receipt, ids: seqs.map(String.init)) {
      session.words.acknowledged(receipt.acknowledged)
    }
  }
}
