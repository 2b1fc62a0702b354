/** The sheet a person follows in ARX, in both languages; names of menus and tabs are ARX's own. */
export function arxReadme(settings: readonly (readonly string[])[]): string {
  const lines = settings
    .slice(1)
    .map(([setting = '', column = '', value = '']) =>
      column === '' ? `  ${setting}: ${value}` : `  ${setting} of ${column}: ${value}`,
    );
  return `${english}\n\n${spanish}\n\nSettings / Ajustes\n${lines.join('\n')}\n`;
}

const english = `Opening this in ARX (3.9)

1. File > New project, then File > Import data > CSV: data.csv, separator ";", quote '"', UTF-8, first row holds names.
   Missing values are written NULL. Times are written to the minute. Leave the data type "String" unless you need another.
2. For every attribute choose its type (tab "Data transformation") as listed below.
3. For every quasi-identifying attribute: select it, then File > Import hierarchy > CSV, separator ";", its file in hierarchies/.
4. Add the privacy models below (the attribute selected where one is named); set the suppression limit, the quality
   model, the generalization/suppression factor and the attribute weights in "General settings", "Utility measure" and
   "Coding model".
5. Edit > Anonymize.

ARX's own project files (.deid) hold serialized Java objects, which only ARX can write; so this is data, hierarchies and
settings instead. data.csv is the INPUT, not a protected release: keep it as you keep the original.`;

const spanish = `Cómo abrirlo en ARX (3.9)

1. File > New project y File > Import data > CSV: data.csv, separador ";", comillas '"', UTF-8, la primera fila son nombres.
   Los valores que faltan están escritos NULL. Las horas llegan hasta el minuto. Deje el tipo "String" salvo necesidad.
2. Elija el tipo de cada atributo (pestaña "Data transformation") como figura abajo.
3. En cada cuasi-identificador: selecciónelo y File > Import hierarchy > CSV, separador ";", su fichero en hierarchies/.
4. Añada los modelos de privacidad de abajo (con el atributo seleccionado si se nombra uno) y fije el límite de supresión,
   la medida de calidad, el factor de generalización/supresión y los pesos.
5. Edit > Anonymize.

Los proyectos de ARX (.deid) contienen objetos Java serializados que solo ARX escribe; por eso aquí van datos, jerarquías
y ajustes. data.csv es la ENTRADA, no una publicación protegida: custódielo como el original.`;
