import APITypes
import ArgumentParser
import Client

struct Import: LedgerCommand {
  static let configuration = CommandConfiguration(
    abstract: said(
      en: "Import a spreadsheet: customers, who has which tag, or a tag history.",
      pt: "Importar uma planilha: clientes, quem tem qual etiqueta, ou um histórico de etiquetas.",
      fr: """
        Importer une feuille de calcul : clients, qui a quelle étiquette, ou historique des \
        étiquettes.
        """),
    discussion: said(
      en: """
        Comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252: found out by itself. A bad row is \
        refused with its line and reason, the rest goes in; the exit code is 1 then. Importing the \
        same file again changes nothing.

        Columns are found by their headings, or named:

          customers    name phone ref channel notes attributes needs
          memberships  id, phone or ref; tag details
          history      id, phone or ref; tag time action operator
          orders       phone or ref; order time amount, or lines: product category quantity price

        Of orders, an invoice whose number begins with C and a digit is a cancellation (--returns). \
        How a file is read can be saved with --save-as and used again with --mapping.

          tagledger import customers clientes.csv --column name=Nome
          tagledger import memberships vip.csv --create-tags --failures recusadas.csv
          tagledger import orders vendas.csv --create-customers --save-as loja
          tagledger import orders dezembro.csv --mapping loja
        """,
      pt: """
        Vírgula, ponto e vírgula ou tabulação; UTF-8, UTF-16 ou Windows-1252: reconhecido \
        automaticamente. Uma linha com erro é recusada, com o número e o motivo; o resto entra, e \
        nesse caso o código de saída é 1. Importar o mesmo arquivo de novo não muda nada.

        As colunas são encontradas pelos títulos, ou indicadas:

          customers    name phone ref channel notes attributes needs
          memberships  id, phone ou ref; tag details
          history      id, phone ou ref; tag time action operator
          orders       phone ou ref; order time amount, ou linhas: product category quantity price

        Nos pedidos, uma fatura cujo número começa com C e um dígito é um cancelamento \
        (--returns). O modo de ler um arquivo pode ser guardado com --save-as e usado de novo com \
        --mapping.

          tagledger import customers clientes.csv --column name=Nome
          tagledger import memberships vip.csv --create-tags --failures recusadas.csv
          tagledger import orders vendas.csv --create-customers --save-as loja
          tagledger import orders dezembro.csv --mapping loja
        """,
      fr: """
        Virgule, point-virgule ou tabulation ; UTF-8, UTF-16 ou Windows-1252 : reconnu \
        automatiquement. Une ligne fautive est refusée, avec son numéro et le motif ; le reste \
        entre, et le code de sortie est alors 1. Importer de nouveau le même fichier ne change \
        rien.

        Les colonnes sont trouvées par leurs titres, ou indiquées :

          customers    name phone ref channel notes attributes needs
          memberships  id, phone ou ref ; tag details
          history      id, phone ou ref ; tag time action operator
          orders       phone ou ref ; order time amount, ou lignes : product category quantity price

        Pour les commandes, une facture dont le numéro commence par C et un chiffre est une \
        annulation (--returns). La façon de lire un fichier peut être gardée avec --save-as et \
        réutilisée avec --mapping.

          tagledger import customers clientes.csv --column name=Nome
          tagledger import memberships vip.csv --create-tags --failures recusadas.csv
          tagledger import orders vendas.csv --create-customers --save-as loja
          tagledger import orders dezembro.csv --mapping loja
        """))

  @Argument(
    help: .said(
      en: "What the file holds.",
      pt: "O que o arquivo contém.",
      fr: "Ce que contient le fichier."))
  var what: ImportSubject

  @Argument(help: .input, completion: .file())
  var file: String

  @Option(
    help: .said(
      en: "Which heading a field has; may be repeated.",
      pt: "O título que um campo tem; pode ser repetido.",
      fr: "Le titre que porte un champ ; peut être répété.",
      valueName: "field=heading"))
  var column: [String] = []

  @Option(
    help: .said(
      en: "Where to write the refused rows.",
      pt: "Onde gravar as linhas recusadas.",
      fr: "Où écrire les lignes refusées.",
      valueName: "file"),
    completion: .file())
  var failures: String?

  @Flag(
    help: .said(
      en: "Create tags that are not there yet, instead of refusing their rows.",
      pt: "Criar as etiquetas que ainda não existem, em vez de recusar suas linhas.",
      fr: "Créer les étiquettes qui n’existent pas encore, au lieu de refuser leurs lignes."))
  var createTags = false

  @Flag(
    help: .said(
      en: "Register customers that are not there yet, instead of refusing their rows.",
      pt: "Cadastrar os clientes que ainda não existem, em vez de recusar suas linhas.",
      fr: "Enregistrer les clients qui n’existent pas encore, au lieu de refuser leurs lignes."))
  var createCustomers = false

  @Option(
    help: .said(
      en: "What stands between fields.",
      pt: "O que separa os campos.",
      fr: "Ce qui sépare les champs.",
      valueName: "delimiter"))
  var delimiter: Delimiter?

  @Option(
    help: .said(
      en: "utf-8, utf-16 or windows-1252.",
      pt: "utf-8, utf-16 ou windows-1252.",
      fr: "utf-8, utf-16 ou windows-1252.",
      valueName: "encoding"))
  var encoding: String?

  @Option(
    help: .said(
      en: "Of phone numbers without a country code; BR unless given.",
      pt: "Para telefones sem código de país; se não indicado, BR.",
      fr: "Pour les téléphones sans indicatif de pays ; BR sauf indication contraire.",
      valueName: "country"))
  var region: String?

  @Option(
    help: .said(
      en: "Read the columns as saved under that name.",
      pt: "Ler as colunas como foi guardado com esse nome.",
      fr: "Lire les colonnes de la façon gardée sous ce nom.",
      valueName: "name"))
  var mapping: String?

  @Option(
    help: .said(
      en: "Save how this file is read under that name.",
      pt: "Guardar com esse nome como este arquivo é lido.",
      fr: "Garder sous ce nom la façon de lire ce fichier.",
      valueName: "name"))
  var saveAs: String?

  @Option(
    help: .said(
      en: "Of the amounts; that of the account unless given.",
      pt: "A moeda dos valores; se não indicada, a da conta.",
      fr: "La monnaie des montants ; celle du compte sauf indication contraire.",
      valueName: "code"))
  var currency: String?

  @Option(
    help: .said(
      en: "What one unit of that currency is worth in the account's.",
      pt: "Quanto vale uma unidade dessa moeda na moeda da conta.",
      fr: "Ce que vaut une unité de cette monnaie dans celle du compte.",
      valueName: "number"))
  var rate: String?

  @Option(
    help: .said(
      en: "How dates like 1/12/2026 are read: dmy or mdy.",
      pt: "Como ler datas como 1/12/2026: dmy ou mdy.",
      fr: "Comment lire des dates comme 1/12/2026 : dmy ou mdy.",
      valueName: "order"))
  var dates: String?

  @Option(
    help: .said(
      en: "What the numbers of cancellations begin with; C unless given.",
      pt: "Com que letras começam os números dos cancelamentos; se não indicado, C.",
      fr: """
        Par quelles lettres commencent les numéros des annulations ; C sauf indication contraire.
        """,
      valueName: "letters"))
  var returns: String?

  @Option(
    help: .said(
      en: "Of times that say none; the shop's unless given. Such as America/Sao_Paulo.",
      pt: """
        O fuso das horas que não dizem nenhum; se não indicado, o da loja. Como America/Sao_Paulo.
        """,
      fr: """
        Le fuseau des heures qui n’en disent aucun ; celui de la boutique sauf indication \
        contraire. Comme America/Sao_Paulo.
        """,
      valueName: "zone"))
  var zone: String?

  @OptionGroup var wait: WaitOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let job = try await upload(in: session)
    try await session.watch(job, waiting: !wait.noWait, failures: failures)
  }

  private func upload(in session: Session) async throws -> Job {
    let bar = ProgressBar(label: session.words.uploading, unit: .bytes, words: session.words)
    let meter = ProgressMeter(bar, terminal: session.terminal)
    defer { meter.finish() }
    let size = try fileSize(file)
    let upload = FileUpload(path: file) { meter.update(done: $0, total: size) }
    let request = Request(
      .post, try target(), headers: [("Accept", MediaType.json), ("Content-Type", MediaType.csv)],
      body: .file(upload))
    return try Client.decode(try await session.client.send(request).1)
  }

  private func target() throws(Failure) -> String {
    let columns = try Pairs.read(column, example: "name=Nome")
      .map { "\($0.key):\($0.value)" }.joined(separator: ",")
    let name = file == "-" ? nil : file.split(separator: "/").last.map(String.init)
    return Paths.query(
      Paths.imports(what),
      [
        "file": name, "columns": columns.isEmpty ? nil : columns,
        "create_tags": createTags ? "true" : nil,
        "create_customers": createCustomers ? "true" : nil, "delimiter": delimiter?.rawValue,
        "encoding": encoding, "default_region": region, "reason": change.reason,
        "dry_run": change.dryRun ? "true" : nil, "mapping": mapping, "save_as": saveAs,
        "currency": currency, "rate": rate, "dates": dates, "returns": returns,
        "zone": zone,
      ])
  }
}

/// What stands between the fields of a row.
enum Delimiter: String, CaseIterable, ExpressibleByArgument, Sendable {
  case comma
  case semicolon
  case tab
}
