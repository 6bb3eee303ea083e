import APITypes
import ArgumentParser

@main
struct Tagledger: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tagledger",
    abstract: said(
      en: "Customer tags, and how they came to be.",
      pt: "Etiquetas de clientes, e como surgiram.",
      fr: "Étiquettes de clients, et leur histoire."),
    discussion: said(
      en: """
        Talks to the daemon over its socket. A tag may be named by its id, its name or an alias; a \
        customer by id, phone number or a name that only they have. '#12' is an id, whatever \
        anything is called.

        You act as the operator who your user is; or, with --token-file FILE or TAGLEDGER_TOKEN, as \
        whose token it is.

        Messages come in Portuguese, French or English, by LC_ALL, LC_MESSAGES or LANG.

        Exit codes: 0 done; 1 refused; 3 not found; 4 conflict, or ambiguous; 64 wrong use; \
        69 no daemon; 70 error of the daemon; 74 cannot write; 75 try again; 130 Ctrl-C.
        """,
      pt: """
        Fala com o serviço pelo socket dele. Uma etiqueta pode ser indicada pelo id, pelo nome ou \
        por um apelido; um cliente, pelo id, pelo telefone ou por um nome que só ele tem. '#12' é \
        um id, mesmo que algo tenha esse nome.

        Você age como o operador que corresponde ao seu usuário; ou, com --token-file ARQUIVO ou \
        TAGLEDGER_TOKEN, como aquele de quem é o token.

        As mensagens vêm em português, francês ou inglês, conforme LC_ALL, LC_MESSAGES ou LANG.

        Códigos de saída: 0 feito; 1 recusado; 3 não encontrado; 4 conflito, ou ambíguo; 64 uso \
        errado; 69 sem serviço; 70 erro do serviço; 74 não foi possível gravar; 75 tente de novo; \
        130 Ctrl-C.
        """,
      fr: """
        Parle au service par son socket. Une étiquette peut être nommée par son identifiant, son \
        nom ou un alias ; un client par identifiant, téléphone ou un nom que lui seul porte. '#12' \
        est un identifiant, même si quelque chose porte ce nom.

        Vous agissez comme l’opérateur auquel correspond votre utilisateur ; ou, avec --token-file \
        FICHIER ou TAGLEDGER_TOKEN, comme celui à qui est le jeton.

        Les messages viennent en portugais, en français ou en anglais, selon LC_ALL, LC_MESSAGES \
        ou LANG.

        Codes de sortie : 0 fait ; 1 refusé ; 3 introuvable ; 4 conflit, ou ambigu ; 64 mauvais \
        usage ; 69 pas de service ; 70 erreur du service ; 74 écriture impossible ; 75 réessayez ; \
        130 Ctrl-C.
        """),
    version: Product.version,
    groupedSubcommands: [
      CommandGroup(
        name: said(en: "Tag and customer", pt: "Etiqueta e cliente", fr: "Étiquette et client"),
        subcommands: [TagCommand.self, CustomerCommand.self, Find.self]),
      CommandGroup(
        name: said(en: "Fact", pt: "Fato", fr: "Fait"),
        subcommands: [
          OrderCommand.self, FactCommand.self, SourceCommand.self, AccountCommand.self,
          MappingCommand.self,
        ]),
      CommandGroup(
        name: said(en: "Segment", pt: "Segmento", fr: "Segment"),
        subcommands: [SegmentCommand.self, WorkCommand.self, RFMCommand.self]),
      CommandGroup(
        name: said(
          en: "Log and spreadsheet", pt: "Registro e planilha", fr: "Journal et feuille de calcul"),
        subcommands: [LogCommand.self, Import.self, Export.self]),
      CommandGroup(
        name: said(en: "Rule", pt: "Regra", fr: "Règle"), subcommands: [RuleCommand.self]),
      CommandGroup(
        name: said(en: "Past", pt: "Passado", fr: "Passé"),
        subcommands: [WhyCommand.self, Undo.self, Diff.self, Replay.self]),
      CommandGroup(
        name: said(en: "Team", pt: "Equipe", fr: "Équipe"),
        subcommands: [
          TeamCommand.self, OperatorCommand.self, RoleCommand.self, TokenCommand.self, Can.self,
          Whoami.self, NoticeCommand.self,
        ]),
      CommandGroup(
        name: said(en: "Service", pt: "Serviço", fr: "Service"),
        subcommands: [
          StatusCommand.self, JobCommand.self, WebhookCommand.self, Rebuild.self, Verify.self,
          BackupCommand.self,
          Completion.self,
        ]),
    ])

  /// As ArgumentParser's own, except that what it says is in the language of whoever reads it.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      let text = ParserWords(words: .ofHelp).said(fullMessage(for: error))
      let code = exitCode(for: error)
      let terminal = Terminal.standard
      if !text.isEmpty { code.isSuccess ? terminal.out("\(text)\n") : terminal.err("\(text)\n") }
      exit(withError: code)
    }
  }
}
