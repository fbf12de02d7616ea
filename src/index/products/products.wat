;; Products of one vector with rows of a matrix, and with rows of 8-bit codes, sixteen numbers at a time.
;; Compiled into module.ts by `npm run wasm`.
(module
  (memory (export "memory") 1)

  (func (export "products")
    (param $vector i32)    ;; address of the vector
    (param $matrix i32)    ;; address of the first row
    (param $dimension i32) ;; numbers in a row
    (param $rows i32)      ;; address of the numbers of the rows that are wanted, i32
    (param $count i32)     ;; how many these are
    (param $out i32)       ;; address of the products, f32
    (local $row i32) (local $v i32) (local $blocks i32) (local $rest i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $sum f32)
    (block $done
      (loop $each
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $row
          (i32.add (local.get $matrix)
            (i32.mul (i32.load (local.get $rows)) (i32.shl (local.get $dimension) (i32.const 2)))))
        (local.set $v (local.get $vector))
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (local.set $c (v128.const i32x4 0 0 0 0))
        (local.set $d (v128.const i32x4 0 0 0 0))
        (local.set $blocks (i32.shr_u (local.get $dimension) (i32.const 4)))
        (local.set $rest (i32.and (local.get $dimension) (i32.const 15)))
        (block $summed
          (loop $block
            (br_if $summed (i32.eqz (local.get $blocks)))
            (local.set $a (f32x4.add (local.get $a)
              (f32x4.mul (v128.load (local.get $v)) (v128.load (local.get $row)))))
            (local.set $b (f32x4.add (local.get $b)
              (f32x4.mul (v128.load offset=16 (local.get $v)) (v128.load offset=16 (local.get $row)))))
            (local.set $c (f32x4.add (local.get $c)
              (f32x4.mul (v128.load offset=32 (local.get $v)) (v128.load offset=32 (local.get $row)))))
            (local.set $d (f32x4.add (local.get $d)
              (f32x4.mul (v128.load offset=48 (local.get $v)) (v128.load offset=48 (local.get $row)))))
            (local.set $v (i32.add (local.get $v) (i32.const 64)))
            (local.set $row (i32.add (local.get $row) (i32.const 64)))
            (local.set $blocks (i32.sub (local.get $blocks) (i32.const 1)))
            (br $block)))
        (local.set $a (f32x4.add (f32x4.add (local.get $a) (local.get $b)) (f32x4.add (local.get $c) (local.get $d))))
        (local.set $sum
          (f32.add
            (f32.add (f32x4.extract_lane 0 (local.get $a)) (f32x4.extract_lane 1 (local.get $a)))
            (f32.add (f32x4.extract_lane 2 (local.get $a)) (f32x4.extract_lane 3 (local.get $a)))))
        (block $whole
          (loop $one
            (br_if $whole (i32.eqz (local.get $rest)))
            (local.set $sum (f32.add (local.get $sum)
              (f32.mul (f32.load (local.get $v)) (f32.load (local.get $row)))))
            (local.set $v (i32.add (local.get $v) (i32.const 4)))
            (local.set $row (i32.add (local.get $row) (i32.const 4)))
            (local.set $rest (i32.sub (local.get $rest) (i32.const 1)))
            (br $one)))
        (f32.store (local.get $out) (local.get $sum))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $each))))

  (func (export "estimates")
    (param $vector i32)  ;; address of the vector, i16
    (param $codes i32)   ;; address of the first row, i8
    (param $width i32)   ;; codes in a row, a multiple of 16
    (param $scales i32)  ;; address of what a product with each row is multiplied by, f32
    (param $rows i32)    ;; address of the numbers of the rows that are wanted, i32
    (param $count i32)   ;; how many these are
    (param $out i32)     ;; address of the products, f32
    (local $row i32) (local $v i32) (local $end i32) (local $a v128) (local $b v128)
    (block $done
      (loop $each
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $row
          (i32.add (local.get $codes) (i32.mul (i32.load (local.get $rows)) (local.get $width))))
        (local.set $end (i32.add (local.get $row) (local.get $width)))
        (local.set $v (local.get $vector))
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (block $summed
          (loop $block
            (br_if $summed (i32.ge_u (local.get $row) (local.get $end)))
            (local.set $a (i32x4.add (local.get $a)
              (i32x4.dot_i16x8_s (v128.load (local.get $v)) (v128.load8x8_s (local.get $row)))))
            (local.set $b (i32x4.add (local.get $b)
              (i32x4.dot_i16x8_s (v128.load offset=16 (local.get $v)) (v128.load8x8_s offset=8 (local.get $row)))))
            (local.set $v (i32.add (local.get $v) (i32.const 32)))
            (local.set $row (i32.add (local.get $row) (i32.const 16)))
            (br $block)))
        (local.set $a (i32x4.add (local.get $a) (local.get $b)))
        (f32.store (local.get $out)
          (f32.mul
            (f32.convert_i32_s
              (i32.add
                (i32.add (i32x4.extract_lane 0 (local.get $a)) (i32x4.extract_lane 1 (local.get $a)))
                (i32.add (i32x4.extract_lane 2 (local.get $a)) (i32x4.extract_lane 3 (local.get $a)))))
            (f32.load (i32.add (local.get $scales) (i32.shl (i32.load (local.get $rows)) (i32.const 2))))))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $each))))

  (func (export "differences")
    (param $vector i32) ;; address of the bits of the vector
    (param $row i32)    ;; address of the bits of the first row
    (param $blocks i32) ;; of 128 bits in a row
    (param $count i32)  ;; rows, one after the other
    (param $out i32)    ;; address of how many bits of each are others, u16
    (local $v i32) (local $left i32) (local $sum v128)
    (block $done
      (loop $each
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $v (local.get $vector))
        (local.set $left (local.get $blocks))
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (block $summed
          (loop $block
            (br_if $summed (i32.eqz (local.get $left)))
            ;; Bytes hold what up to 31 blocks add up to.
            (local.set $sum (i8x16.add (local.get $sum)
              (i8x16.popcnt (v128.xor (v128.load (local.get $v)) (v128.load (local.get $row))))))
            (local.set $v (i32.add (local.get $v) (i32.const 16)))
            (local.set $row (i32.add (local.get $row) (i32.const 16)))
            (local.set $left (i32.sub (local.get $left) (i32.const 1)))
            (br $block)))
        (local.set $sum (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u (local.get $sum))))
        (i32.store16 (local.get $out)
          (i32.add
            (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
            (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))
        (local.set $out (i32.add (local.get $out) (i32.const 2)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $each)))))
