import PDFDocument from 'pdfkit';

/** What a PDF of the tests is made of. */
export type PrintBlock =
  | { readonly kind: 'title' | 'heading' | 'text'; readonly text: string }
  | { readonly kind: 'page' };

export interface PrintOptions {
  readonly language?: string;
  /** At the head of every page, with the page's number at its foot. */
  readonly running?: string;
  readonly password?: string;
}

const SIZES = { title: 18, heading: 13, text: 11 } as const;

/** A PDF with text, its lines broken to the width of the page. */
export function printed(blocks: readonly PrintBlock[], options: PrintOptions = {}): Promise<Buffer> {
  const { language, running, password } = options;
  const pdf = new PDFDocument({
    size: 'A5',
    margin: 56,
    ...(language !== undefined && { lang: language }),
    ...(password !== undefined && { userPassword: password }),
    bufferPages: true,
  });
  for (const block of blocks) {
    if (block.kind === 'page') {
      pdf.addPage();
      continue;
    }
    pdf
      .font(block.kind === 'text' ? 'Times-Roman' : 'Times-Bold')
      .fontSize(SIZES[block.kind])
      .text(block.text, { align: 'left' })
      .moveDown(0.7);
  }
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; running !== undefined && page < start + count; page += 1) {
    pdf.switchToPage(page);
    const { margins } = pdf.page;
    pdf.page.margins = { ...margins, top: 0, bottom: 0 };
    pdf.font('Times-Italic').fontSize(9);
    pdf.text(running, 56, 24, { lineBreak: false });
    pdf.text(String(page + 1), 200, pdf.page.height - 36, { lineBreak: false });
    pdf.page.margins = margins;
  }
  return finished(pdf);
}

/** A PDF whose pages are pictures: a scan. */
export function scanned(pages: number): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A5' });
  for (let page = 1; page <= pages; page += 1) {
    if (page > 1) pdf.addPage();
    pdf.rect(40, 40, 300, 450).fill('#888');
  }
  return finished(pdf);
}

function finished(pdf: PDFKit.PDFDocument): Promise<Buffer> {
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => parts.push(part));
  return new Promise((resolve) => {
    pdf.on('end', () => resolve(Buffer.concat(parts)));
    pdf.end();
  });
}
