import APITypes
import ArgumentParser
import Client

struct TagMerge: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: said(
      en: "Merge a tag into another one.",
      pt: "Unir uma etiqueta a outra.",
      fr: "Fusionner une étiquette dans une autre."),
    discussion: said(
      en: """
        Who has the first one has the other one from then on. Shows how many that concerns, and \
        asks. The name of the first becomes an alias of the other, unless it is released.
        """,
      pt: """
        Quem tem a primeira passa a ter a outra. Mostra quantos clientes isso envolve, e pergunta. \
        O nome da primeira vira apelido da outra, a menos que seja liberado.
        """,
      fr: """
        Qui a la première a désormais l’autre. Montre combien de clients cela concerne, et demande \
        confirmation. Le nom de la première devient un alias de l’autre, sauf s’il est libéré.
        """))

  @Argument(
    help: .said(
      en: "The tag that goes.",
      pt: "A etiqueta que sai.",
      fr: "L’étiquette qui disparaît."),
    completion: tagCompletion)
  var tag: String

  @Option(
    help: .said(
      en: "The tag that stays.",
      pt: "A etiqueta que fica.",
      fr: "L’étiquette qui reste.",
      valueName: "tag"),
    completion: tagCompletion)
  var into: String

  @Flag(
    help: .said(
      en: "Release the name, so that another tag may take it.",
      pt: "Liberar o nome, para que outra etiqueta possa usá-lo.",
      fr: "Libérer le nom, pour qu’une autre étiquette puisse le prendre."))
  var releaseName = false

  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let source = try await session.finder.tag(tag)
    let target = try await session.finder.tag(into)
    var draft = TagMergeDraft(
      into: target.id, name: releaseName ? .released : .alias, reason: change.reason, dryRun: true)
    let path = Paths.tagMerge(source.id)
    var receipt: MergeReceipt = try await session.client.send(.post, path, draft)
    if !change.dryRun {
      let preview = session.words.asksMerge(
        source.name, into: target.name, session.words.figures(of: receipt))
      try session.confirm(preview, confirm)
      // What was agreed to is what was shown.
      draft.sourceRevision = receipt.sourceRevision
      draft.targetRevision = receipt.targetRevision
      draft.dryRun = nil
      receipt = try await session.client.send(.post, path, draft)
    }
    try session.report(receipt, ids: [String(target.id)]) {
      session.words.merged(
        source.name, into: target.name, session.words.figures(of: receipt))
    }
  }
}
