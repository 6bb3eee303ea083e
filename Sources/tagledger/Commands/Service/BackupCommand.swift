import APITypes
import ArgumentParser
import Client
import FoundationEssentials

struct BackupCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: said(
      en: "Copy log and keys while the daemon runs, and verify the copy.",
      pt: "Copiar o registro e as chaves enquanto o serviço funciona, e conferir a cópia.",
      fr: "Copier le journal et les clés pendant que le service tourne, et vérifier la copie."),
    discussion: said(
      en: """
        The daemon writes the copy, so the directory has to be one that it may write to; it must \
        not be there yet. The log goes to `log`, the keys to `keys` within it, or to a directory of \
        their own: whoever has both can read everything. The keys part also holds the \
        key-encryption key and the signing key, where the daemon keeps them itself.

          tagledger backup /var/backups/tagledger/2026-11-22
          tagledger backup /mnt/log/today --keys /mnt/safe/today

        `tagledgerd restore` brings it back.
        """,
      pt: """
        Quem grava a cópia é o serviço, por isso a pasta tem de ser uma em que ele possa \
        gravar; ela não pode existir ainda. O registro vai para `log`, as chaves para `keys` \
        dentro dela, ou para uma pasta à parte: quem tem os dois pode ler tudo. A parte das \
        chaves guarda também a chave que cifra as chaves e a chave de assinatura, quando é o \
        próprio serviço que as mantém.

          tagledger backup /var/backups/tagledger/2026-11-22
          tagledger backup /mnt/log/today --keys /mnt/safe/today

        `tagledgerd restore` traz tudo de volta.
        """,
      fr: """
        C’est le service qui écrit la copie ; le dossier doit donc être de ceux où il peut \
        écrire, et ne pas exister encore. Le journal va dans `log`, les clés dans `keys` à \
        l’intérieur, ou dans un dossier à part : qui a les deux peut tout lire. La partie \
        des clés contient aussi la clé qui chiffre les clés et la clé de signature, quand \
        c’est le service qui les garde.

          tagledger backup /var/backups/tagledger/2026-11-22
          tagledger backup /mnt/log/today --keys /mnt/safe/today

        `tagledgerd restore` rétablit la copie.
        """))

  @Argument(
    help: .said(
      en: "A new directory.",
      pt: "Uma pasta nova.",
      fr: "Un nouveau dossier."), completion: .directory)
  var directory: String

  @Option(
    help: .said(
      en: "Another new directory, for the keys.",
      pt: "Outra pasta nova, para as chaves.",
      fr: "Un autre nouveau dossier, pour les clés.", valueName: "directory"))
  var keys: String?

  @OptionGroup var wait: WaitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let job: Job = try await session.client.send(
      .post, Paths.backups,
      BackupDraft(directory: Self.absolute(directory), keys: keys.map(Self.absolute)))
    try await session.watch(job, waiting: !wait.noWait)
  }

  /// The daemon runs in another directory.
  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }
}
